using System.Collections.Frozen;

namespace Sluice.Cel;

/// <summary>A type as the checker sees it: <c>int</c>, <c>list(string)</c>, <c>map(string, dyn)</c>.</summary>
/// <remarks>Types are compared with <see cref="Equals(CelType?)"/>; they hold no reference to .NET types.</remarks>
public sealed class CelType : IEquatable<CelType>
{
    /// <summary>Any type; known at run time only.</summary>
    public static readonly CelType Dyn = new(CelTypeKind.Dyn, "dyn");
    /// <summary>The type of <c>null</c>.</summary>
    public static readonly CelType Null = new(CelTypeKind.Null, "null_type");
    /// <summary>Booleans.</summary>
    public static readonly CelType Bool = new(CelTypeKind.Bool, "bool");
    /// <summary>Signed 64-bit integers.</summary>
    public static readonly CelType Int = new(CelTypeKind.Int, "int");
    /// <summary>Unsigned 64-bit integers.</summary>
    public static readonly CelType Uint = new(CelTypeKind.Uint, "uint");
    /// <summary>IEEE 754 doubles.</summary>
    public static readonly CelType Double = new(CelTypeKind.Double, "double");
    /// <summary>Unicode text.</summary>
    public static readonly CelType String = new(CelTypeKind.String, "string");
    /// <summary>Octets.</summary>
    public static readonly CelType Bytes = new(CelTypeKind.Bytes, "bytes");
    /// <summary>Points in time.</summary>
    public static readonly CelType Timestamp = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");
    /// <summary>Spans of time.</summary>
    public static readonly CelType Duration = new(CelTypeKind.Duration, "google.protobuf.Duration");

    /// <summary>The type of types whose subject is not known.</summary>
    public static readonly CelType Type = new(CelTypeKind.Type, "type");

    /// <summary>Stands for the type of what could not be typed, so that one fault is told once.</summary>
    internal static readonly CelType Error = new(CelTypeKind.Error, "error");

    internal static readonly CelType ListOfDyn = new(CelTypeKind.List, "list", Dyn);
    internal static readonly CelType MapOfDyn = new(CelTypeKind.Map, "map", Dyn, Dyn);
    internal static readonly CelType OptionalOfDyn = new(CelTypeKind.Opaque, "optional_type", Dyn);

    private static readonly FrozenDictionary<string, CelType> Simple = new CelType[]
    {
        Dyn, Null, Bool, Int, Uint, Double, String, Bytes, Timestamp, Duration, Type,
    }.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private readonly CelType[] _parameters;

    private CelType(CelTypeKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        _parameters = parameters;
    }

    /// <summary>The name without parameters, such as <c>list</c> or <c>google.protobuf.Timestamp</c>.</summary>
    public string Name { get; }

    /// <summary>Element type of a list, key and value type of a map, subject of a type.</summary>
    public IReadOnlyList<CelType> Parameters => _parameters;

    internal CelTypeKind Kind { get; }

    internal bool IsDyn => Kind == CelTypeKind.Dyn;

    internal bool IsOptional => Kind == CelTypeKind.Opaque && Name == "optional_type";

    /// <summary><c>list(element)</c>.</summary>
    public static CelType List(CelType element) => new(CelTypeKind.List, "list", element);

    /// <summary><c>map(key, value)</c>.</summary>
    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    /// <summary><c>type(subject)</c>: the type of a type.</summary>
    public static CelType TypeOf(CelType subject) => new(CelTypeKind.Type, "type", subject);

    /// <summary><c>optional_type(element)</c>.</summary>
    public static CelType Optional(CelType element) => new(CelTypeKind.Opaque, "optional_type", element);

    /// <summary>A type known by name only, with or without parameters, such as <c>net.IP</c>.</summary>
    public static CelType Opaque(string name, params CelType[] parameters) => new(CelTypeKind.Opaque, name, parameters);

    /// <summary>A type variable in a function declaration.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    /// <summary>Reads a type as <see cref="ToString"/> writes it; <c>param(T)</c> is a type variable.</summary>
    /// <exception cref="FormatException">The text is not a type.</exception>
    public static CelType Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var position = 0;
        var type = Parse(text, ref position);
        return position == text.Length ? type : throw new FormatException($"Not a type: '{text}'.");
    }

    /// <summary>Equal in kind, name and parameters.</summary>
    public bool Equals(CelType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Kind == other.Kind && Name == other.Name && _parameters.AsSpan().SequenceEqual(other._parameters));

    public override bool Equals(object? obj) => obj is CelType other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, Name, _parameters.Length);

    public override string ToString() =>
        Kind == CelTypeKind.Parameter ? $"param({Name})"
        : _parameters.Length == 0 ? Name
        : $"{Name}({string.Join(", ", _parameters.Select(parameter => parameter.ToString()))})";

    internal CelType WithParameters(CelType[] parameters) => new(Kind, Name, parameters);

    internal static CelType? FindSimple(string name) => Simple.GetValueOrDefault(name);

    private static CelType Parse(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not ('(' or ')' or ',' or ' '))
        {
            position++;
        }

        var name = text[start..position];
        if (name.Length == 0)
        {
            throw new FormatException($"Not a type: '{text}'.");
        }

        var parameters = new List<CelType>();
        if (position < text.Length && text[position] == '(')
        {
            do
            {
                position++;
                while (position < text.Length && text[position] == ' ')
                {
                    position++;
                }

                parameters.Add(Parse(text, ref position));
            }
            while (position < text.Length && text[position] == ',');

            if (position >= text.Length || text[position] != ')')
            {
                throw new FormatException($"Not a type: '{text}'.");
            }

            position++;
        }

        return (name, parameters.Count) switch
        {
            ("list", 0) => List(Dyn),
            ("list", 1) => List(parameters[0]),
            ("map", 0) => Map(Dyn, Dyn),
            ("map", 2) => Map(parameters[0], parameters[1]),
            ("type", 1) => TypeOf(parameters[0]),
            ("param", 1) => Parameter(parameters[0].Name),
            (_, 0) => FindSimple(name) ?? Opaque(name),
            _ => Opaque(name, [.. parameters]),
        };
    }
}

internal enum CelTypeKind : byte
{
    Dyn,
    Error,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Type,
    Opaque,
    Parameter,
}
