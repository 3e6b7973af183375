using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>item in list</c>, <c>key in map</c>.</summary>
internal sealed class InNode(SourceSpan span, PlanNode item, PlanNode collection) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var wanted = item.Evaluate(ref frame);
        if (wanted.IsError)
        {
            return wanted;
        }

        var container = collection.Evaluate(ref frame);
        switch (container.Kind)
        {
            case CelKind.Error:
                return container;
            case CelKind.Map:
                return CelValue.Of(Collections.TryGetMember(container, wanted, out _));
            case CelKind.List:
                var items = new ValueIterator(container);
                while (items.MoveNext() && frame.Charge(1))
                {
                    if (ValueEquality.AreEqual(wanted, items.Current, ref frame.Steps))
                    {
                        return CelValue.True;
                    }
                }

                return CelValue.False;
            default:
                return Fail($"no such overload: 'in' searches a list or a map, not {container.Type.Name}");
        }
    }
}
