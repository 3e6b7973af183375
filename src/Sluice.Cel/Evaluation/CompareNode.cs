using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>&lt; &lt;= &gt; &gt;=</c>.</summary>
internal sealed class CompareNode(SourceSpan span, Operator op, PlanNode left, PlanNode right) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var first = left.Evaluate(ref frame);
        if (first.IsError)
        {
            return first;
        }

        var second = right.Evaluate(ref frame);
        if (second.IsError)
        {
            return second;
        }

        if (!ValueOrder.TryCompare(first, second, out var order))
        {
            return Fail($"no such overload: {first.Type.Name} {op.Symbol()} {second.Type.Name}");
        }

        // NaN is neither less, equal nor greater.
        return CelValue.Of(order != Numbers.Unordered && op switch
        {
            Operator.Less => order < 0,
            Operator.LessOrEqual => order <= 0,
            Operator.Greater => order > 0,
            _ => order >= 0,
        });
    }
}
