using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>a &amp;&amp; b &amp;&amp; …</c>: false as soon as one side is, whatever errors the others give.</summary>
/// <remarks>https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators</remarks>
internal sealed class AndNode(SourceSpan span, PlanNode[] operands) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        CelError? error = null;
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(ref frame);
            if (value.IsFalse)
            {
                return value;
            }

            if (!value.IsTrue)
            {
                error ??= value.Error ?? Locate(ErrorValues.NoOverload);
            }
        }

        return error is null ? CelValue.True : CelValue.Fail(error);
    }

    public override Truth Test(ref Frame frame)
    {
        var result = Truth.True;
        foreach (var operand in operands)
        {
            var truth = operand.Test(ref frame);
            if (truth == Truth.False)
            {
                return Truth.False;
            }

            result = truth == Truth.Error ? Truth.Error : result;
        }

        return result;
    }
}
