using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>operand[key]</c>.</summary>
internal sealed class IndexNode(SourceSpan span, PlanNode operand, PlanNode key) : PlanNode(span)
{
    // claims["https://example.com/role"] reads as fast as claims.role.
    private readonly byte[]? _utf8 =
        key is ConstantNode { Value: { Kind: CelKind.String } text } ? Encoding.UTF8.GetBytes(text.AsString()) : null;

    public override CelValue Evaluate(ref Frame frame)
    {
        var value = operand.Evaluate(ref frame);
        if (value.IsError)
        {
            return value;
        }

        var index = key.Evaluate(ref frame);
        if (index.IsError)
        {
            return index;
        }

        var result = Members.Index(value, index);
        return result.IsError ? CelValue.Fail(Locate(result.Error!)) : result;
    }

    public override bool TryJson(ref Frame frame, out JsonElement json)
    {
        if (_utf8 is not null && operand.TryJson(ref frame, out var parent) && parent.ValueKind == JsonValueKind.Object)
        {
            return JsonText.TryGetProperty(parent, _utf8, out json);
        }

        json = default;
        return false;
    }
}
