using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>has(operand.field)</c>.</summary>
internal sealed class HasNode(SourceSpan span, PlanNode operand, string field) : PlanNode(span)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(field);

    public override CelValue Evaluate(ref Frame frame)
    {
        if (operand.TryJson(ref frame, out var json) && json.ValueKind == JsonValueKind.Object)
        {
            return CelValue.Of(JsonText.TryGetProperty(json, _utf8, out _));
        }

        var value = Members.Has(operand.Evaluate(ref frame), field);
        return value.IsError ? CelValue.Fail(Locate(value.Error!)) : value;
    }
}
