using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

internal sealed class ConstantNode(SourceSpan span, CelValue value) : PlanNode(span)
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(ref Frame frame) => Value;
}
