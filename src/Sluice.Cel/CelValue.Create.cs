using System.Text.Json;
using Sluice.Cel.Values;

namespace Sluice.Cel;

public readonly partial struct CelValue
{
    /// <summary>The value <c>null</c>.</summary>
    public static CelValue Null => new(CelKind.Null);

    /// <summary>The boolean <c>true</c>.</summary>
    public static CelValue True => new(CelKind.Bool, bits: 1);

    /// <summary>The boolean <c>false</c>.</summary>
    public static CelValue False => new(CelKind.Bool);

    /// <summary>An optional that holds nothing.</summary>
    public static CelValue None => new(CelKind.Optional);

    /// <summary>A boolean.</summary>
    public static CelValue Of(bool value) => new(CelKind.Bool, bits: value ? 1 : 0);

    /// <summary>A signed integer.</summary>
    public static CelValue Of(long value) => new(CelKind.Int, bits: value);

    /// <summary>An unsigned integer.</summary>
    public static CelValue Of(ulong value) => new(CelKind.Uint, bits: (long)value);

    /// <summary>A double.</summary>
    public static CelValue Of(double value) => new(CelKind.Double, bits: BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string; it must be valid Unicode.</summary>
    public static CelValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(CelKind.String, value);
    }

    /// <summary>Bytes; the array is not copied and must not change.</summary>
    public static CelValue Of(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(CelKind.Bytes, value);
    }

    /// <summary>A type as a value.</summary>
    public static CelValue Of(CelType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new(CelKind.Type, type);
    }

    /// <summary>A timestamp.</summary>
    public static CelValue Of(DateTimeOffset value)
    {
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0
            ? new(CelKind.Timestamp, bits: seconds - 1, nanos: (int)(rest + TimeSpan.TicksPerSecond) * 100)
            : new(CelKind.Timestamp, bits: seconds, nanos: (int)rest * 100);
    }

    /// <summary>A duration; an error value beyond about 292 years.</summary>
    public static CelValue Of(TimeSpan value)
    {
        var nanos = (Int128)value.Ticks * 100;
        return nanos > long.MaxValue || nanos < long.MinValue ? Fail("range error: duration") : DurationFromNanoseconds((long)nanos);
    }

    /// <summary>A timestamp in seconds since 1970 and nanoseconds after them; an error value outside years 1 to 9999.</summary>
    public static CelValue Timestamp(long seconds, int nanos) =>
        seconds < Time.MinSeconds || seconds > Time.MaxSeconds || nanos is < 0 or > 999_999_999
            ? new(CelKind.Error, ErrorValues.TimestampRange)
            : new(CelKind.Timestamp, bits: seconds, nanos: nanos);

    /// <summary>A duration.</summary>
    public static CelValue DurationFromNanoseconds(long nanoseconds) => new(CelKind.Duration, bits: nanoseconds);

    /// <summary>A list.</summary>
    public static CelValue List(params IEnumerable<CelValue> items) => Of(new CelList([.. items]));

    /// <summary>A map; a later entry with an equal key replaces an earlier one.</summary>
    /// <exception cref="ArgumentException">A key is neither bool, int, uint nor string.</exception>
    public static CelValue Map(params IEnumerable<KeyValuePair<CelValue, CelValue>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var map = new CelMap(0);
        foreach (var (key, value) in entries)
        {
            if (!CelMap.IsKey(key))
            {
                throw new ArgumentException($"A map key is a bool, int, uint or string, not {key.Kind}.", nameof(entries));
            }

            map.Set(key, value);
        }

        return Of(map);
    }

    /// <summary>A map with string keys.</summary>
    public static CelValue Map(IReadOnlyDictionary<string, CelValue> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return Map(entries.Select(entry => KeyValuePair.Create(Of(entry.Key), entry.Value)));
    }

    /// <summary>An optional that holds <paramref name="value"/>.</summary>
    public static CelValue Some(CelValue value) => new(CelKind.Optional, new BoxedValue(value));

    /// <summary>An error in a value's place.</summary>
    public static CelValue Fail(string message) => new(CelKind.Error, new CelError(message));

    /// <inheritdoc cref="Fail(string)"/>
    public static CelValue Fail(CelError error) => new(CelKind.Error, error);

    /// <summary>
    /// JSON as CEL sees it: objects are maps with string keys; integer literals are <c>int</c>, above its range <c>uint</c>;
    /// other numbers are <c>double</c>. Nothing is copied: the document must live as long as the value.
    /// </summary>
    public static CelValue FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new(CelKind.String, json),
        JsonValueKind.Array => new(CelKind.List, json),
        JsonValueKind.Object => new(CelKind.Map, json),
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Null => Null,
        JsonValueKind.Number => JsonValues.ToNumber(json),
        _ => default,
    };

    internal static CelValue Of(CelList list) => new(CelKind.List, list);

    internal static CelValue Of(CelMap map) => new(CelKind.Map, map);

    internal static CelValue Of(OpaqueValue value) => new(CelKind.Opaque, value);
}
