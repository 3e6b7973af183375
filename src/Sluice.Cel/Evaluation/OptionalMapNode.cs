using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>value.optMap(x, body)</c> and <c>optFlatMap</c>.</summary>
internal sealed class OptionalMapNode(SourceSpan span, int slot, PlanNode value, PlanNode body, bool flat) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var optional = value.Evaluate(ref frame);
        if (optional.Kind != CelKind.Optional)
        {
            return optional.IsError ? optional : CelValue.Fail(Locate(ErrorValues.NoOverload));
        }

        if (!optional.TryGetOptional(out var held))
        {
            return optional;
        }

        frame.Locals[slot] = held;
        var result = body.Evaluate(ref frame);
        return result.IsError || (flat && result.Kind == CelKind.Optional) ? result
            : flat ? CelValue.Fail(Locate(ErrorValues.NoOverload))
            : CelValue.Some(result);
    }
}
