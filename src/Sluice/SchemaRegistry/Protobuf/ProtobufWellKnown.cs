using System.Globalization;
using System.Text;
using System.Text.Json;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Type;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>The messages that JSON writes in a way of their own: times, wrappers, and JSON itself.</summary>
/// <remarks>Not <c>google.protobuf.Any</c>: it needs the messages of every file there is.</remarks>
internal static class ProtobufWellKnown
{
    private const long TicksPerNano = 100; // nanoseconds in a tick

    public delegate void Write(ProtobufMessage message, JsonElement json, ProtobufWriter output);

    /// <returns>Null for an ordinary message.</returns>
    public static Write? Find(string fullName) => fullName switch
    {
        "google.protobuf.Timestamp" => Timestamp,
        "google.protobuf.Duration" => Duration,
        "google.protobuf.FieldMask" => FieldMask,
        "google.protobuf.Struct" => static (message, json, output) => Struct(json, output, message.FullName),
        "google.protobuf.ListValue" => static (message, json, output) => List(json, output, message.FullName),
        "google.protobuf.Value" => static (_, json, output) => Value(json, output),
        "google.protobuf.Any" => static (message, _, _) => throw Unfit(message, "is not supported"),
        "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or "google.protobuf.Int64Value" or "google.protobuf.UInt64Value"
            or "google.protobuf.Int32Value" or "google.protobuf.UInt32Value" or "google.protobuf.BoolValue" or "google.protobuf.StringValue"
            or "google.protobuf.BytesValue" => static (message, json, output) => message.Fields[0].Write(json, output),
        _ => null,
    };

    private static void Timestamp(ProtobufMessage message, JsonElement json, ProtobufWriter output)
    {
        if (json.ValueKind != JsonValueKind.String || !json.TryGetDateTimeOffset(out var time))
        {
            throw Unfit(message, "must be an RFC 3339 time such as 2026-01-31T12:00:00Z");
        }

        var seconds = time.ToUnixTimeSeconds();
        SecondsAndNanos(seconds, (int)((time - DateTimeOffset.FromUnixTimeSeconds(seconds)).Ticks * TicksPerNano), output);
    }

    private static void Duration(ProtobufMessage message, JsonElement json, ProtobufWriter output)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
        if (!text.EndsWith('s') || !decimal.TryParse(text[..^1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds) > 315_576_000_000)
        {
            throw Unfit(message, "must be seconds with an 's', such as 1.5s");
        }

        var whole = decimal.Truncate(seconds);
        SecondsAndNanos((long)whole, (int)((seconds - whole) * 1_000_000_000), output);
    }

    private static void SecondsAndNanos(long seconds, int nanos, ProtobufWriter output)
    {
        if (seconds != 0)
        {
            output.Tag(1, ProtobufWriter.VarintType);
            output.Varint((ulong)seconds);
        }

        if (nanos != 0)
        {
            output.Tag(2, ProtobufWriter.VarintType);
            output.Varint((ulong)nanos);
        }
    }

    private static void FieldMask(ProtobufMessage message, JsonElement json, ProtobufWriter output)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            throw Unfit(message, "must be field names with commas between");
        }

        foreach (var path in json.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            output.Tag(1, ProtobufWriter.LengthType);
            output.Bytes(Encoding.UTF8.GetBytes(string.Join('.', path.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))));
        }
    }

    private static void Struct(JsonElement json, ProtobufWriter output, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw SchemaException.NotEncodable($"{name} must be a JSON object.");
        }

        foreach (var member in json.EnumerateObject())
        {
            output.Nested(1, entry =>
            {
                entry.Tag(1, ProtobufWriter.LengthType);
                entry.Bytes(Encoding.UTF8.GetBytes(member.Name));
                entry.Nested(2, value => Value(member.Value, value));
            });
        }
    }

    private static void List(JsonElement json, ProtobufWriter output, string name)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw SchemaException.NotEncodable($"{name} must be a JSON array.");
        }

        foreach (var item in json.EnumerateArray())
        {
            output.Nested(1, value => Value(item, value));
        }
    }

    private static void Value(JsonElement json, ProtobufWriter output)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                output.Tag(1, ProtobufWriter.VarintType);
                output.Varint(0);
                break;
            case JsonValueKind.Number:
                output.Tag(2, ProtobufWriter.Fixed64Type);
                Scalar(FieldType.TypeDouble);
                break;
            case JsonValueKind.String:
                output.Tag(3, ProtobufWriter.LengthType);
                Scalar(FieldType.TypeString);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                output.Tag(4, ProtobufWriter.VarintType);
                Scalar(FieldType.TypeBool);
                break;
            case JsonValueKind.Object:
                output.Nested(5, inner => Struct(json, inner, "google.protobuf.Struct"));
                break;
            default:
                output.Nested(6, inner => List(json, inner, "google.protobuf.ListValue"));
                break;
        }

        void Scalar(FieldType type)
        {
            if (!ProtobufScalars.TryWrite(type, json, output))
            {
                throw SchemaException.NotEncodable("A number is too large for a google.protobuf.Value.");
            }
        }
    }

    private static SchemaException Unfit(ProtobufMessage message, string what) => SchemaException.NotEncodable($"{message.FullName} {what}.");
}
