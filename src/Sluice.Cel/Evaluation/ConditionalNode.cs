using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>condition ? whenTrue : whenFalse</c>; only one outcome is evaluated, and an error of the condition stays.</summary>
internal sealed class ConditionalNode(SourceSpan span, PlanNode condition, PlanNode whenTrue, PlanNode whenFalse) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var value = condition.Evaluate(ref frame);
        return value.Kind switch
        {
            CelKind.Bool => value.BoolBits ? whenTrue.Evaluate(ref frame) : whenFalse.Evaluate(ref frame),
            CelKind.Error => value,
            _ => CelValue.Fail(Locate(ErrorValues.NoOverload)),
        };
    }

    public override Truth Test(ref Frame frame) => condition.Test(ref frame) switch
    {
        Truth.True => whenTrue.Test(ref frame),
        Truth.False => whenFalse.Test(ref frame),
        _ => Truth.Error,
    };
}
