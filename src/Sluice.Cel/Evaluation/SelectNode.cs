using System.Text;
using System.Text.Json;
using Sluice.Cel.Syntax;
using Sluice.Cel.Values;

namespace Sluice.Cel.Evaluation;

/// <summary><c>operand.field</c>.</summary>
/// <remarks>HOT: reads JSON in place.</remarks>
internal sealed class SelectNode : PlanNode
{
    private readonly PlanNode _operand;
    private readonly string _field;
    private readonly byte[] _utf8;
    private readonly CelError _missing;

    public SelectNode(SourceSpan span, PlanNode operand, string field)
        : base(span)
    {
        _operand = operand;
        _field = field;
        _utf8 = Encoding.UTF8.GetBytes(field);
        _missing = Locate(new CelError($"no such key: '{field}'"));
    }

    public override CelValue Evaluate(ref Frame frame)
    {
        if (_operand.TryJson(ref frame, out var json) && json.ValueKind == JsonValueKind.Object)
        {
            return JsonText.TryGetProperty(json, _utf8, out var found) ? CelValue.FromJson(found) : CelValue.Fail(_missing);
        }

        var value = Members.Select(_operand.Evaluate(ref frame), _field, _missing);
        return value.IsError ? CelValue.Fail(Locate(value.Error!)) : value;
    }

    public override bool TryJson(ref Frame frame, out JsonElement json)
    {
        if (_operand.TryJson(ref frame, out var parent) && parent.ValueKind == JsonValueKind.Object)
        {
            return JsonText.TryGetProperty(parent, _utf8, out json);
        }

        json = default;
        return false;
    }
}
