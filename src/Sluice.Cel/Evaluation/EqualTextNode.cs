using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>operand == "text"</c> and <c>!=</c>.</summary>
/// <remarks>HOT: compares UTF-8 with UTF-8 in the claims' own buffer.</remarks>
internal sealed class EqualTextNode(SourceSpan span, PlanNode operand, string text, bool negated) : PlanNode(span)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

    /// <summary>The text, when this is <c>x == "text"</c> with the variable of that slot; null otherwise.</summary>
    public byte[]? ComparedWithLocal(int slot) => !negated && operand is LocalNode local && local.Slot == slot ? _utf8 : null;

    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.IsError ? value : CelValue.Of(IsEqual(value) != negated);
    }

    public override Truth Test(ref Frame frame)
    {
        if (operand.TryJson(ref frame, out var json))
        {
            return ToTruth((json.ValueKind == JsonValueKind.String && JsonText.EqualTo(json, _utf8)) != negated);
        }

        var value = operand.Evaluate(ref frame);
        return value.IsError ? Truth.Error : ToTruth(IsEqual(value) != negated);
    }

    private bool IsEqual(in CelValue value) =>
        value.Kind == CelKind.String && (value.IsJson ? JsonText.EqualTo(value.Json, _utf8) : value.Text == text);
}
