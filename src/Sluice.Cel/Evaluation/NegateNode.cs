using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

internal sealed class NegateNode(SourceSpan span, PlanNode operand) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.Kind switch
        {
            CelKind.Int when value.IntBits == long.MinValue => CelValue.Fail(Locate(ErrorValues.Overflow)),
            CelKind.Int => CelValue.Of(-value.IntBits),
            CelKind.Double => CelValue.Of(-value.DoubleBits),
            CelKind.Error => value,
            _ => CelValue.Fail(Locate(ErrorValues.NoOverload)),
        };
    }
}
