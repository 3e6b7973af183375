using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>==</c> and <c>!=</c> of any two values.</summary>
internal sealed class EqualNode(SourceSpan span, PlanNode left, PlanNode right, bool negated) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (first.IsError)
        {
            return first;
        }

        var second = right.Evaluate(ref frame);
        return second.IsError ? second : CelValue.Of(ValueEquality.AreEqual(first, second, ref frame.Steps) != negated);
    }
}
