using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Type;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>Numbers, booleans, strings and bytes, as the JSON mapping writes them.</summary>
internal static class ProtobufScalars
{
    public static int WireType(FieldType type) => type switch
    {
        FieldType.TypeDouble or FieldType.TypeFixed64 or FieldType.TypeSfixed64 => ProtobufWriter.Fixed64Type,
        FieldType.TypeFloat or FieldType.TypeFixed32 or FieldType.TypeSfixed32 => ProtobufWriter.Fixed32Type,
        FieldType.TypeString or FieldType.TypeBytes => ProtobufWriter.LengthType,
        _ => ProtobufWriter.VarintType,
    };

    /// <summary>Writes without the tag.</summary>
    /// <returns>False when the value does not fit.</returns>
    public static bool TryWrite(FieldType type, JsonElement json, ProtobufWriter output)
    {
        decimal number;
        double real;
        switch (type)
        {
            case FieldType.TypeInt32 when TryInteger(json, int.MinValue, int.MaxValue, out number):
            case FieldType.TypeInt64 when TryInteger(json, long.MinValue, long.MaxValue, out number):
                output.Varint((ulong)(long)number);
                return true;
            case FieldType.TypeUint32 when TryInteger(json, 0, uint.MaxValue, out number):
            case FieldType.TypeUint64 when TryInteger(json, 0, ulong.MaxValue, out number):
                output.Varint((ulong)number);
                return true;
            case FieldType.TypeSint32 when TryInteger(json, int.MinValue, int.MaxValue, out number):
            case FieldType.TypeSint64 when TryInteger(json, long.MinValue, long.MaxValue, out number):
                output.Varint(ZigZag((long)number));
                return true;
            case FieldType.TypeFixed32 when TryInteger(json, 0, uint.MaxValue, out number):
                output.Fixed32((uint)number);
                return true;
            case FieldType.TypeSfixed32 when TryInteger(json, int.MinValue, int.MaxValue, out number):
                output.Fixed32((uint)(int)number);
                return true;
            case FieldType.TypeFixed64 when TryInteger(json, 0, ulong.MaxValue, out number):
                output.Fixed64((ulong)number);
                return true;
            case FieldType.TypeSfixed64 when TryInteger(json, long.MinValue, long.MaxValue, out number):
                output.Fixed64((ulong)(long)number);
                return true;
            case FieldType.TypeDouble when TryFloat(json, out real):
                output.Fixed64(BitConverter.DoubleToUInt64Bits(real));
                return true;
            case FieldType.TypeFloat when TryFloat(json, out real) && (!double.IsFinite(real) || Math.Abs(real) <= float.MaxValue):
                output.Fixed32(BitConverter.SingleToUInt32Bits((float)real));
                return true;
            case FieldType.TypeBool when json.ValueKind is JsonValueKind.True or JsonValueKind.False:
                output.Varint(json.GetBoolean() ? 1UL : 0);
                return true;
            case FieldType.TypeBool when json.ValueKind == JsonValueKind.String && json.GetString() is "true" or "false":
                output.Varint(json.ValueEquals("true") ? 1UL : 0); // a map's key
                return true;
            case FieldType.TypeString when json.ValueKind == JsonValueKind.String:
                output.Bytes(Encoding.UTF8.GetBytes(json.GetString()!));
                return true;
            case FieldType.TypeBytes when json.ValueKind == JsonValueKind.String && TryBytes(json.GetString()!, out var bytes):
                output.Bytes(bytes);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A whole number, in a string too: 64 bits do not survive every JSON reader.</summary>
    private static bool TryInteger(JsonElement json, decimal from, decimal to, out decimal number)
    {
        number = 0;
        var text = json.ValueKind switch
        {
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.String => json.GetString(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && number == decimal.Truncate(number) && number >= from && number <= to;
    }

    private static bool TryFloat(JsonElement json, out double number)
    {
        number = 0;
        switch (json.ValueKind)
        {
            case JsonValueKind.Number:
                return json.TryGetDouble(out number) && double.IsFinite(number);
            case JsonValueKind.String when json.GetString() is { } text:
                number = text switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => 0 };
                return number != 0 || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number));
            default:
                return false;
        }
    }

    /// <summary>Base64 of either alphabet, padded or not.</summary>
    private static bool TryBytes(string text, out byte[] bytes)
    {
        var url = text.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        bytes = [];
        if (!Base64Url.IsValid(url))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(url);
        return true;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
