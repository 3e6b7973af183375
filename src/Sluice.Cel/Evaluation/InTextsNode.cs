using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>item in ["a", "b"]</c>.</summary>
/// <remarks>HOT: compares UTF-8 with UTF-8 in the claims' own buffer.</remarks>
internal sealed class InTextsNode(SourceSpan span, PlanNode item, string[] texts, PlanNode general) : PlanNode(span)
{
    private readonly byte[][] _utf8 = Array.ConvertAll(texts, Encoding.UTF8.GetBytes);

    public override CelValue Evaluate(ref Frame frame) => general.Evaluate(ref frame);

    public override Truth Test(ref Frame frame)
    {
        if (!item.TryJson(ref frame, out var json))
        {
            return general.Test(ref frame);
        }

        if (json.ValueKind != JsonValueKind.String)
        {
            return Truth.False;
        }

        frame.Charge(_utf8.Length);
        foreach (var text in _utf8)
        {
            if (JsonText.EqualTo(json, text))
            {
                return Truth.True;
            }
        }

        return Truth.False;
    }
}
