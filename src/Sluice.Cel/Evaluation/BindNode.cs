using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary><c>cel.bind</c>: an error of the value appears where the name is read.</summary>
internal sealed class BindNode(SourceSpan span, int slot, PlanNode value, PlanNode body) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        frame.Locals[slot] = value.Evaluate(ref frame);
        return body.Evaluate(ref frame);
    }
}
