using System.Buffers;
using System.Text.Json;
using Google.Protobuf.Reflection;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Type;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>Writes a JSON value as one field.</summary>
internal sealed class ProtobufField(FieldDescriptorProto descriptor, bool isProto3, ProtobufTypes types)
{
    public string Name => descriptor.Name;

    /// <summary>What JSON calls it, besides its own name.</summary>
    public string JsonName => string.IsNullOrEmpty(descriptor.JsonName) ? descriptor.Name : descriptor.JsonName;

    public int Number => descriptor.Number;

    public bool IsRequired => descriptor.label == FieldDescriptorProto.Label.LabelRequired;

    /// <summary>Which oneof it belongs to; a proto3 <c>optional</c> is none.</summary>
    public int? Oneof => descriptor.ShouldSerializeOneofIndex() && !descriptor.Proto3Optional ? descriptor.OneofIndex : null;

    public bool TakesNull => !IsRepeated && descriptor.type == FieldType.TypeMessage && types.Message(descriptor.TypeName).TakesNull;

    private bool IsRepeated => descriptor.label == FieldDescriptorProto.Label.LabelRepeated;

    private bool IsMessage => descriptor.type == FieldType.TypeMessage;

    /// <summary>proto3 without <c>optional</c>: the default is not written.</summary>
    private bool HasNoPresence => isProto3 && !IsRepeated && !IsMessage && !descriptor.ShouldSerializeOneofIndex();

    private bool IsPacked => descriptor.type is not (FieldType.TypeString or FieldType.TypeBytes or FieldType.TypeMessage)
        && (descriptor.Options?.ShouldSerializePacked() is true ? descriptor.Options.Packed : isProto3);

    public void Write(JsonElement json, ProtobufWriter output)
    {
        if (IsMessage && types.Message(descriptor.TypeName) is { IsMapEntry: true } entry)
        {
            WriteMap(json, entry, output);
        }
        else if (IsRepeated)
        {
            WriteRepeated(json, output);
        }
        else
        {
            WriteOne(json, output, skipDefault: HasNoPresence);
        }
    }

    private void WriteRepeated(JsonElement json, ProtobufWriter output)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw Unfit("must be an array");
        }

        if (json.GetArrayLength() == 0)
        {
            return;
        }

        if (IsPacked)
        {
            output.Nested(Number, packed =>
            {
                foreach (var item in json.EnumerateArray())
                {
                    WriteContent(item, packed);
                }
            });
            return;
        }

        foreach (var item in json.EnumerateArray())
        {
            WriteOne(item, output, skipDefault: false);
        }
    }

    private void WriteMap(JsonElement json, ProtobufMessage entry, ProtobufWriter output)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Unfit("must be an object");
        }

        foreach (var member in json.EnumerateObject())
        {
            output.Nested(Number, pair =>
            {
                // Keys are always strings in JSON, whatever they are in the message.
                using var key = JsonDocument.Parse($"\"{JsonEncodedText.Encode(member.Name)}\"");
                entry.Fields[0].WriteOne(key.RootElement, pair, skipDefault: false);
                entry.Fields[1].WriteOne(member.Value, pair, skipDefault: false);
            });
        }
    }

    private void WriteOne(JsonElement json, ProtobufWriter output, bool skipDefault)
    {
        if (IsMessage)
        {
            output.Nested(Number, inner => types.Message(descriptor.TypeName).Write(json, inner));
            return;
        }

        var content = new ArrayBufferWriter<byte>();
        WriteContent(json, new ProtobufWriter(content));
        if (skipDefault && !content.WrittenSpan.ContainsAnyExcept((byte)0))
        {
            return;
        }

        output.Tag(Number, ProtobufScalars.WireType(descriptor.type));
        output.Raw(content.WrittenSpan);
    }

    private void WriteContent(JsonElement json, ProtobufWriter output)
    {
        var written = descriptor.type == FieldType.TypeEnum
            ? TryWriteEnum(json, output)
            : ProtobufScalars.TryWrite(descriptor.type, json, output);
        if (!written)
        {
            throw Unfit($"cannot be {Describe(json)}: it is {descriptor.type.ToString()[4..].ToLowerInvariant()}");
        }
    }

    private bool TryWriteEnum(JsonElement json, ProtobufWriter output)
    {
        var type = types.Enum(descriptor.TypeName);
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number))
        {
            output.Varint((ulong)number);
            return true;
        }

        if (json.ValueKind == JsonValueKind.String && type.Values.Find(value => value.Name == json.GetString()) is { } named)
        {
            output.Varint((ulong)named.Number);
            return true;
        }

        return false;
    }

    private static string Describe(JsonElement json) => json.GetRawText() is { Length: <= 64 } text ? text : $"{json.GetRawText()[..64]}…";

    private SchemaException Unfit(string what) => SchemaException.NotEncodable($"The field {Name} {what}.");
}
