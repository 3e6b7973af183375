using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary><c>operand.?field</c> and <c>operand[?key]</c>.</summary>
internal sealed class OptionalSelectNode(SourceSpan span, PlanNode operand, PlanNode key) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (value.IsError)
        {
            return value;
        }

        var index = key.Evaluate(ref frame);
        if (index.IsError)
        {
            return index;
        }

        var result = Members.OptionalSelect(value, index);
        return result.IsError ? CelValue.Fail(Locate(result.Error!)) : result;
    }
}
