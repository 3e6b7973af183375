using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

internal sealed class MapNode(SourceSpan span, (PlanNode Key, PlanNode Value, bool Optional)[] items) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var map = new CelMap(items.Length);
        foreach (var (keyNode, valueNode, optional) in items)
        {
            var key = keyNode.Evaluate(ref frame);
            if (key.IsError || !CelMap.IsKey(key))
            {
                return key.IsError ? key : CelValue.Fail(Locate(ErrorValues.UnsupportedKey));
            }

            var value = valueNode.Evaluate(ref frame);
            if (value.IsError)
            {
                return value;
            }

            if (optional && value.Kind != CelKind.Optional)
            {
                return Fail("'?' needs an optional value");
            }

            if ((!optional || value.TryGetOptional(out value)) && !map.TryAdd(key, value))
            {
                return Fail($"a map literal has the key {key} twice");
            }
        }

        return CelValue.Of(map);
    }
}
