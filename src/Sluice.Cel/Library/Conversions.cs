using System.Globalization;
using System.Text;
using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary><c>int() uint() double() string() bytes() bool() timestamp() duration()</c>.</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static void AddTo(FunctionTable table)
    {
        foreach (var type in new[] { CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes })
        {
            table.Global(type.Name, type, args => args[0], type);
        }

        table
            .Global("timestamp", CelType.Timestamp, args => args[0], CelType.Timestamp)
            .Global("duration", CelType.Duration, args => args[0], CelType.Duration)
            .Global("int", CelType.Int, args => args[0].UintBits > long.MaxValue ? Range("int") : CelValue.Of((long)args[0].UintBits), CelType.Uint)
            .Global("int", CelType.Int, args => ToInt(args[0].DoubleBits), CelType.Double)
            .Global("int", CelType.Int, args => ParseInt(args[0].Text), CelType.String)
            .Global("int", CelType.Int, args => CelValue.Of(args[0].Seconds), CelType.Timestamp)
            .Global("uint", CelType.Uint, args => args[0].IntBits < 0 ? Range("uint") : CelValue.Of((ulong)args[0].IntBits), CelType.Int)
            .Global("uint", CelType.Uint, args => ToUint(args[0].DoubleBits), CelType.Double)
            .Global("uint", CelType.Uint, args => ParseUint(args[0].Text), CelType.String)
            .Global("double", CelType.Double, args => CelValue.Of((double)args[0].IntBits), CelType.Int)
            .Global("double", CelType.Double, args => CelValue.Of((double)args[0].UintBits), CelType.Uint)
            .Global("double", CelType.Double, args => ParseDouble(args[0].Text), CelType.String)
            .Global("bytes", CelType.Bytes, args => CelValue.Of(Encoding.UTF8.GetBytes(args[0].Text)), CelType.String)
            .Global("bool", CelType.Bool, args => ParseBool(args[0].Text), CelType.String)
            .Global("string", CelType.String, args => CelValue.Of(args[0].BoolBits ? "true" : "false"), CelType.Bool)
            .Global("string", CelType.String, args => CelValue.Of(args[0].IntBits.ToString(CultureInfo.InvariantCulture)), CelType.Int)
            .Global("string", CelType.String, args => CelValue.Of(args[0].UintBits.ToString(CultureInfo.InvariantCulture)), CelType.Uint)
            .Global("string", CelType.String, args => CelValue.Of(DoubleText.Format(args[0].DoubleBits)), CelType.Double)
            .Global("string", CelType.String, args => DecodeUtf8(args[0].Octets), CelType.Bytes)
            .Global("string", CelType.String, args => CelValue.Of(TimeText.Format(args[0])), CelType.Timestamp)
            .Global("string", CelType.String, args => CelValue.Of(TimeText.FormatDuration(args[0].DurationNanos)), CelType.Duration)
            .Global("timestamp", CelType.Timestamp, args => TimeText.Parse(args[0].Text), CelType.String)
            .Global("timestamp", CelType.Timestamp, args => CelValue.Timestamp(args[0].IntBits, 0), CelType.Int)
            .Global("duration", CelType.Duration, args => TimeText.ParseDuration(args[0].Text), CelType.String);
    }

    public static CelValue DecodeUtf8(byte[] octets)
    {
        try
        {
            return CelValue.Of(StrictUtf8.GetString(octets));
        }
        catch (DecoderFallbackException)
        {
            return CelValue.Fail("invalid UTF-8 in bytes");
        }
    }

    private static CelValue Range(string type) => CelValue.Fail($"range error: the number does not fit {type}");

    // The bounds themselves are refused: a double cannot tell them from their neighbours outside.
    private static CelValue ToInt(double value) =>
        value > long.MinValue && value < 9223372036854775808.0 ? CelValue.Of((long)value) : Range("int");

    private static CelValue ToUint(double value) =>
        value >= 0 && value < 18446744073709551616.0 ? CelValue.Of((ulong)value) : Range("uint");

    // The platform's parsers overlook zero characters at the end.
    private static bool IsClean(string text) => !text.Contains('\0', StringComparison.Ordinal);

    private static CelValue ParseInt(string text) =>
        IsClean(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? CelValue.Of(value) : Malformed("int", text);

    private static CelValue ParseUint(string text) =>
        IsClean(text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? CelValue.Of(value) : Malformed("uint", text);

    private static CelValue ParseDouble(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        switch (text.ToUpperInvariant())
        {
            case "NAN":
                return CelValue.Of(double.NaN);
            case "INF" or "+INF" or "INFINITY" or "+INFINITY":
                return CelValue.Of(double.PositiveInfinity);
            case "-INF" or "-INFINITY":
                return CelValue.Of(double.NegativeInfinity);
            default:
                return IsClean(text) && double.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? CelValue.Of(value)
                    : Malformed("double", text);
        }
    }

    private static CelValue ParseBool(string text) => text switch
    {
        "true" or "True" or "TRUE" or "t" or "1" => CelValue.True,
        "false" or "False" or "FALSE" or "f" or "0" => CelValue.False,
        _ => Malformed("bool", text),
    };

    private static CelValue Malformed(string type, string text) =>
        CelValue.Fail($"type conversion error: '{(text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text)}' is not {type}");
}
