using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>"text" in collection</c>.</summary>
/// <remarks>HOT: walks the JSON array in place.</remarks>
internal sealed class TextInNode(SourceSpan span, string text, PlanNode collection, PlanNode general) : PlanNode(span)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

    public override CelValue Evaluate(ref Frame frame) => general.Evaluate(ref frame);

    public override Truth Test(ref Frame frame)
    {
        if (!collection.TryJson(ref frame, out var json))
        {
            return general.Test(ref frame);
        }

        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                if (!frame.Charge(1))
                {
                    return Truth.Error;
                }

                if (item.ValueKind == JsonValueKind.String && JsonText.EqualTo(item, _utf8))
                {
                    return Truth.True;
                }
            }

            return Truth.False;
        }

        return json.ValueKind == JsonValueKind.Object ? ToTruth(JsonText.TryGetProperty(json, _utf8, out _)) : Truth.Error;
    }
}
