using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>Writes a JSON object as one kind of message.</summary>
internal sealed class ProtobufMessage
{
    private readonly Dictionary<string, ProtobufField> _byName = new(StringComparer.Ordinal);
    private readonly ProtobufField[] _fields;
    private readonly ProtobufWellKnown.Write? _wellKnown;

    public ProtobufMessage(string fullName, DescriptorProto message, bool isProto3, ProtobufTypes types)
    {
        FullName = fullName;
        IsMapEntry = message.Options?.MapEntry is true;
        _fields = [.. message.Fields.OrderBy(static field => field.Number).Select(field => new ProtobufField(field, isProto3, types))];
        foreach (var field in _fields)
        {
            _byName[field.Name] = field;
            _byName[field.JsonName] = field;
        }

        _wellKnown = ProtobufWellKnown.Find(fullName);
    }

    public string FullName { get; }

    public bool IsMapEntry { get; }

    public IReadOnlyList<ProtobufField> Fields => _fields;

    /// <summary>Whether null is a value of it rather than its absence.</summary>
    public bool TakesNull => FullName == "google.protobuf.Value";

    public void Write(JsonElement json, ProtobufWriter output)
    {
        if (_wellKnown is not null)
        {
            _wellKnown(this, json, output);
            return;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw SchemaException.NotEncodable($"{FullName} must be a JSON object.");
        }

        var given = new Dictionary<ProtobufField, JsonElement>();
        foreach (var member in json.EnumerateObject())
        {
            if (!_byName.TryGetValue(member.Name, out var field))
            {
                throw SchemaException.NotEncodable($"{FullName} has no field '{member.Name}'.");
            }

            if (!given.TryAdd(field, member.Value))
            {
                throw SchemaException.NotEncodable($"{FullName}.{field.Name} is given twice.");
            }
        }

        RefuseTwoOfOneof(given);
        foreach (var field in _fields)
        {
            if (given.TryGetValue(field, out var value) && (value.ValueKind != JsonValueKind.Null || field.TakesNull))
            {
                field.Write(value, output);
            }
            else if (field.IsRequired)
            {
                throw SchemaException.NotEncodable($"{FullName}.{field.Name} is required.");
            }
        }
    }

    private void RefuseTwoOfOneof(Dictionary<ProtobufField, JsonElement> given)
    {
        var twice = given.Where(static pair => pair.Key.Oneof is not null && pair.Value.ValueKind != JsonValueKind.Null)
            .GroupBy(static pair => pair.Key.Oneof)
            .FirstOrDefault(static group => group.Count() > 1);
        if (twice is not null)
        {
            throw SchemaException.NotEncodable($"Of {FullName}'s {string.Join(", ", twice.Select(static pair => pair.Key.Name))} only one may be given.");
        }
    }
}
