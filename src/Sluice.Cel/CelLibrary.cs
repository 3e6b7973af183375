using System.Collections.Immutable;
using Sluice.Cel.Library;
using Sluice.Cel.Syntax;

namespace Sluice.Cel;

/// <summary>A set of functions and macros beyond the standard language.</summary>
public sealed class CelLibrary
{
    internal CelLibrary(string name, IReadOnlyDictionary<string, CelOverload[]> functions, Func<Macros, Macros>? enable = null)
    {
        Name = name;
        Functions = functions;
        Enable = enable ?? (macros => macros);
    }

    /// <summary>A name for people.</summary>
    public string Name { get; }

    internal IReadOnlyDictionary<string, CelOverload[]> Functions { get; }

    internal Func<Macros, Macros> Enable { get; }

    internal ImmutableDictionary<string, CelType> TypeNames { get; init; } = ImmutableDictionary<string, CelType>.Empty;

    /// <summary><c>cel.bind(name, value, expression)</c>.</summary>
    public static CelLibrary Bindings { get; } = new("bindings", new Dictionary<string, CelOverload[]>(), macros => macros with { Bindings = true });

    /// <summary><c>list.all(i, v, …)</c>, <c>exists</c>, <c>existsOne</c>, <c>transformList</c>, <c>transformMap</c>, <c>transformMapEntry</c>.</summary>
    public static CelLibrary TwoVariableComprehensions { get; } =
        new("two-variable comprehensions", new Dictionary<string, CelOverload[]>(), macros => macros with { TwoVariables = true });

    /// <summary><c>base64.encode</c>, <c>base64.decode</c>.</summary>
    public static CelLibrary Encoders { get; } = new("encoders", EncodersLibrary.Functions);

    /// <summary><c>math.greatest</c>, <c>math.abs</c>, <c>math.bitAnd</c>, …</summary>
    public static CelLibrary Math { get; } = new("math", MathLibrary.Functions);

    /// <summary><c>optional.of</c>, <c>x.?field</c>, <c>orValue</c>, <c>optMap</c>, …</summary>
    public static CelLibrary Optionals { get; } = new("optionals", OptionalsLibrary.Functions, macros => macros with { OptionalSyntax = true })
    {
        TypeNames = ImmutableDictionary<string, CelType>.Empty.Add("optional_type", CelType.OptionalOfDyn),
    };

    /// <summary><c>charAt</c>, <c>indexOf</c>, <c>replace</c>, <c>split</c>, <c>substring</c>, <c>trim</c>, <c>format</c>, ….</summary>
    public static CelLibrary Strings { get; } = new("strings", StringsLibrary.Functions);

    /// <summary><c>ip("10.0.0.1")</c>, <c>cidr("10.0.0.0/8").containsIP(…)</c>, <c>isIP</c>, ….</summary>
    public static CelLibrary Network { get; } = new("network", NetworkLibrary.Functions)
    {
        TypeNames = ImmutableDictionary<string, CelType>.Empty.Add("net.IP", IpAddressValue.NetIp).Add("net.CIDR", CidrValue.NetCidr),
    };

    public override string ToString() => Name;
}
