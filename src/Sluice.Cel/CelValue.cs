using System.Globalization;
using System.Text.Json;
using Sluice.Cel.Values;

namespace Sluice.Cel;

/// <summary>A value of the language, or the error that stands in its place.</summary>
/// <remarks>
/// HOT: passed by value through evaluation. JSON is wrapped, not converted: text, arrays and objects stay in their
/// <see cref="JsonElement"/> until somebody needs them as .NET objects. <c>default</c> is an error, so nothing forgotten can be true.
/// </remarks>
public readonly partial struct CelValue
{
    private readonly object? _object;
    private readonly JsonElement _json;
    private readonly long _bits;
    private readonly int _nanos;

    private CelValue(CelKind kind, object? value = null, long bits = 0, int nanos = 0)
    {
        Kind = kind;
        _object = value;
        _bits = bits;
        _nanos = nanos;
    }

    private CelValue(CelKind kind, JsonElement json)
    {
        Kind = kind;
        _json = json;
    }

    /// <summary>What it is.</summary>
    public CelKind Kind { get; }

    /// <summary>It stands in the place of a value that could not be had.</summary>
    public bool IsError => Kind == CelKind.Error;

    /// <summary>The error; null unless <see cref="IsError"/>.</summary>
    public CelError? Error => IsError ? (_object as CelError) ?? ErrorValues.NoValue : null;

    /// <summary>True only for the boolean <c>true</c>.</summary>
    public bool IsTrue => Kind == CelKind.Bool && _bits != 0;

    internal bool IsFalse => Kind == CelKind.Bool && _bits == 0;

    internal bool IsNumber => Kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    /// <summary>Held as JSON text, array or object.</summary>
    internal bool IsJson => _object is null && _json.ValueKind != JsonValueKind.Undefined;

    internal JsonElement Json => _json;

    internal bool BoolBits => _bits != 0;

    internal long IntBits => _bits;

    internal ulong UintBits => (ulong)_bits;

    internal double DoubleBits => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>Seconds since 1970 of a timestamp.</summary>
    internal long Seconds => _bits;

    /// <summary>Nanoseconds after <see cref="Seconds"/>, 0 to 999,999,999.</summary>
    internal int Nanos => _nanos;

    /// <summary>Nanoseconds of a duration.</summary>
    internal long DurationNanos => _bits;

    internal object? Object => _object;

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public bool AsBool() => Kind == CelKind.Bool ? _bits != 0 : throw WrongKind(CelKind.Bool);

    /// <summary>The signed integer.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public long AsInt() => Kind == CelKind.Int ? _bits : throw WrongKind(CelKind.Int);

    /// <summary>The unsigned integer.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public ulong AsUint() => Kind == CelKind.Uint ? (ulong)_bits : throw WrongKind(CelKind.Uint);

    /// <summary>The double.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public double AsDouble() => Kind == CelKind.Double ? DoubleBits : throw WrongKind(CelKind.Double);

    /// <summary>The string.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public string AsString() => Kind == CelKind.String ? Text : throw WrongKind(CelKind.String);

    /// <summary>The bytes.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public ReadOnlyMemory<byte> AsBytes() => Kind == CelKind.Bytes ? Octets : throw WrongKind(CelKind.Bytes);

    /// <summary>The type.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public CelType AsType() => Kind == CelKind.Type ? (CelType)_object! : throw WrongKind(CelKind.Type);

    /// <summary>The point in time, cut to 100 ns.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public DateTimeOffset AsTimestamp() =>
        Kind == CelKind.Timestamp
            ? DateTimeOffset.UnixEpoch.AddTicks((_bits * TimeSpan.TicksPerSecond) + (_nanos / 100))
            : throw WrongKind(CelKind.Timestamp);

    /// <summary>The whole seconds since 1970 and the nanoseconds after them of a timestamp.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public (long Seconds, int Nanos) AsTimestampParts() => Kind == CelKind.Timestamp ? (_bits, _nanos) : throw WrongKind(CelKind.Timestamp);

    /// <summary>The duration, cut to 100 ns.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public TimeSpan AsDuration() => TimeSpan.FromTicks(AsDurationNanoseconds() / 100);

    /// <summary>The duration in nanoseconds.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public long AsDurationNanoseconds() => Kind == CelKind.Duration ? _bits : throw WrongKind(CelKind.Duration);

    /// <summary>The elements.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public IReadOnlyList<CelValue> AsList() => Kind == CelKind.List ? Items : throw WrongKind(CelKind.List);

    /// <summary>The entries, in order of insertion.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public IReadOnlyCollection<KeyValuePair<CelValue, CelValue>> AsMap() => Kind == CelKind.Map ? Entries : throw WrongKind(CelKind.Map);

    /// <summary>What an optional holds.</summary>
    /// <returns>False when it holds nothing.</returns>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public bool TryGetOptional(out CelValue value)
    {
        if (Kind != CelKind.Optional)
        {
            throw WrongKind(CelKind.Optional);
        }

        // Read before writing: a caller may pass the optional itself as the out argument.
        var held = _object as BoxedValue;
        value = held is null ? default : held.Value;
        return held is not null;
    }

    /// <summary>The run-time type, as <c>type(x)</c> gives it: without parameters.</summary>
    public CelType Type => Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.List => CelType.ListOfDyn,
        CelKind.Map => CelType.MapOfDyn,
        CelKind.Type => CelType.Type,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Duration => CelType.Duration,
        CelKind.Optional => CelType.OptionalOfDyn,
        CelKind.Opaque => ((OpaqueValue)_object!).Type,
        _ => CelType.Dyn,
    };

    /// <summary>A text for people and logs; not CEL source.</summary>
    public override string ToString() => Kind switch
    {
        CelKind.Error => $"error: {Error!.Message}",
        CelKind.Null => "null",
        CelKind.Bool => _bits != 0 ? "true" : "false",
        CelKind.Int => _bits.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => $"{((ulong)_bits).ToString(CultureInfo.InvariantCulture)}u",
        _ => ValuePrinter.Print(this),
    };

    internal string Text => _object as string ?? JsonText.Decode(_json);

    internal byte[] Octets => (byte[])_object!;

    internal CelList Items => _object as CelList ?? JsonValues.ToList(_json);

    internal CelMap Entries => _object as CelMap ?? JsonValues.ToMap(_json);

    private InvalidOperationException WrongKind(CelKind wanted) => new($"The value is of kind {Kind}, not {wanted}.");
}
