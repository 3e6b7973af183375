using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>a || b || …</c>: true as soon as one side is, whatever errors the others give.</summary>
/// <remarks>https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators</remarks>
internal sealed class OrNode(SourceSpan span, PlanNode[] operands) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        CelError? error = null;
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(ref frame);
            if (value.IsTrue)
            {
                return value;
            }

            if (!value.IsFalse)
            {
                error ??= value.Error ?? Locate(ErrorValues.NoOverload);
            }
        }

        return error is null ? CelValue.False : CelValue.Fail(error);
    }

    public override Truth Test(ref Frame frame)
    {
        var result = Truth.False;
        foreach (var operand in operands)
        {
            var truth = operand.Test(ref frame);
            if (truth == Truth.True)
            {
                return Truth.True;
            }

            result = truth == Truth.Error ? Truth.Error : result;
        }

        return result;
    }
}
