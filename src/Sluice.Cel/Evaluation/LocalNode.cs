using System.Text.Json;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Evaluation;

/// <summary>A variable that a macro declares.</summary>
internal sealed class LocalNode(SourceSpan span, int slot) : PlanNode(span)
{
    public int Slot => slot;

    public override CelValue Evaluate(ref Frame frame) => frame.Locals[slot];

    public override bool TryJson(ref Frame frame, out JsonElement json)
    {
        ref readonly var value = ref frame.Locals[slot];
        json = value.Json;
        return value.IsJson;
    }
}
