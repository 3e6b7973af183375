using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>operand.startsWith("text")</c>, <c>endsWith</c>, <c>contains</c>.</summary>
/// <remarks>HOT: text that needs no unescaping is searched in the claims' own buffer.</remarks>
internal sealed class TextTestNode(SourceSpan span, TextTest test, PlanNode operand, string text) : PlanNode(span)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        return value.Kind switch
        {
            CelKind.String => CelValue.Of(IsMatch(value, ref frame)),
            CelKind.Error => value,
            _ => CelValue.Fail(Locate(ErrorValues.NoOverload)),
        };
    }

    public override Truth Test(ref Frame frame)
    {
        if (operand.TryJson(ref frame, out var json))
        {
            return json.ValueKind == JsonValueKind.String ? ToTruth(IsMatch(CelValue.FromJson(json), ref frame)) : Truth.Error;
        }

        var value = operand.Evaluate(ref frame);
        return value.Kind == CelKind.String ? ToTruth(IsMatch(value, ref frame)) : Truth.Error;
    }

    private bool IsMatch(in CelValue value, ref Frame frame)
    {
        if (value.IsJson && JsonText.TryGetPlain(value.Json, out var utf8))
        {
            frame.Charge(utf8.Length / 64);
            return test switch
            {
                TextTest.StartsWith => utf8.StartsWith(_utf8),
                TextTest.EndsWith => utf8.EndsWith(_utf8),
                _ => utf8.IndexOf(_utf8) >= 0,
            };
        }

        var held = value.Text;
        frame.Charge(held.Length / 64);
        return test switch
        {
            TextTest.StartsWith => held.StartsWith(text, StringComparison.Ordinal),
            TextTest.EndsWith => held.EndsWith(text, StringComparison.Ordinal),
            _ => held.Contains(text, StringComparison.Ordinal),
        };
    }
}

internal enum TextTest : byte
{
    StartsWith,
    EndsWith,
    Contains,
}
