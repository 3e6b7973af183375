using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>optional.or(other)</c> and <c>optional.orValue(other)</c>: the other is evaluated only when it is needed.</summary>
internal sealed class OptionalOrNode(SourceSpan span, PlanNode optional, PlanNode other, bool unwrap) : PlanNode(span)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        var first = optional.Evaluate(ref frame);
        if (first.Kind != CelKind.Optional)
        {
            return first.IsError ? first : CelValue.Fail(Locate(ErrorValues.NoOverload));
        }

        if (first.TryGetOptional(out var held))
        {
            return unwrap ? held : first;
        }

        var second = other.Evaluate(ref frame);
        return unwrap || second.Kind is CelKind.Optional or CelKind.Error ? second : CelValue.Fail(Locate(ErrorValues.NoOverload));
    }
}
