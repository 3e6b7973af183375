using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

internal sealed class NotNode(SourceSpan span, PlanNode operand) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.Kind switch
        {
            CelKind.Bool => CelValue.Of(!value.BoolBits),
            CelKind.Error => value,
            _ => CelValue.Fail(Locate(ErrorValues.NoOverload)),
        };
    }

    public override Truth Test(ref Frame frame) => operand.Test(ref frame) switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Error,
    };
}
