using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

internal sealed class ListNode(SourceSpan span, (PlanNode Value, bool Optional)[] items) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var values = new List<CelValue>(items.Length);
        foreach (var (node, optional) in items)
        {
            var value = node.Evaluate(ref frame);
            if (value.IsError)
            {
                return value;
            }

            if (optional && value.Kind != CelKind.Optional)
            {
                return Fail("'?' needs an optional value");
            }

            if (!optional || value.TryGetOptional(out value))
            {
                values.Add(value);
            }
        }

        return CelValue.Of(new CelList([.. values]));
    }
}
