using System.Collections.Immutable;
using Sluice.Cel.Library;
using Sluice.Cel.Syntax;

namespace Sluice.Cel;

/// <summary>What an expression may use: variables, functions, macros, limits. Immutable and safe to share.</summary>
/// <example>
/// <code>
/// var environment = CelEnvironment.Standard.WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn));
/// var program = environment.Compile("claims.aud == 'kafka' &amp;&amp; 'write' in claims.scp").Program;
/// bool member = program.IsTrue(token.RootElement);
/// </code>
/// </example>
public sealed record CelEnvironment
{
    private CelEnvironment()
    {
    }

    /// <summary>The standard language, no variables, <see cref="CelLimits.Default"/>.</summary>
    public static CelEnvironment Standard { get; } = new() { Functions = StandardLibrary.Functions };

    /// <summary>What programs compiled here may cost.</summary>
    public CelLimits Limits { get; private init; } = CelLimits.Default;

    /// <summary>The namespace in which names are resolved first, such as <c>com.example</c>; empty for none.</summary>
    public string Container { get; private init; } = "";

    internal Macros Macros { get; private init; } = Macros.Standard;

    internal bool IsTypeChecked { get; private init; } = true;

    internal IEnumerable<string> VariableNames => Variables.Keys;

    internal IEnumerable<string> FunctionNames => Functions.Keys;

    internal string? OnlyVariable => Variables.Count == 1 ? Variables.Keys.First() : null;

    private ImmutableDictionary<string, CelType> Variables { get; init; } = ImmutableDictionary.Create<string, CelType>(StringComparer.Ordinal);

    private ImmutableDictionary<string, CelOverload[]> Functions { get; init; } = ImmutableDictionary<string, CelOverload[]>.Empty;

    private ImmutableDictionary<string, CelType> TypeNames { get; init; } = StandardLibrary.TypeNames;

    /// <summary>Declares a variable; its name may hold dots.</summary>
    public CelEnvironment WithVariable(string name, CelType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(type);
        return this with { Variables = Variables.SetItem(name, type) };
    }

    /// <summary>Adds overloads of a function; its name may hold dots.</summary>
    public CelEnvironment WithFunction(string name, params CelOverload[] overloads)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(overloads);
        return this with { Functions = Functions.SetItem(name, [.. Functions.GetValueOrDefault(name, []), .. overloads]) };
    }

    /// <summary>Adds an extension library.</summary>
    public CelEnvironment WithLibrary(CelLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        var result = this with { Macros = library.Enable(Macros), TypeNames = TypeNames.SetItems(library.TypeNames) };
        foreach (var (name, overloads) in library.Functions)
        {
            result = result.WithFunction(name, overloads);
        }

        return result;
    }

    /// <summary>Sets what programs may cost.</summary>
    public CelEnvironment WithLimits(CelLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return this with { Limits = limits };
    }

    /// <summary>Sets the namespace in which names are resolved first.</summary>
    public CelEnvironment WithContainer(string container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return this with { Container = container };
    }

    /// <summary>Leaves macros as ordinary calls.</summary>
    public CelEnvironment WithoutMacros() => this with { Macros = Macros with { Enabled = false } };

    /// <summary>Skips the type checker: names and overloads are resolved while a program runs.</summary>
    public CelEnvironment WithoutTypeCheck() => this with { IsTypeChecked = false };

    /// <summary>Compiles source. Never throws for what the text holds: faults are in <see cref="CelCompilation.Issues"/>.</summary>
    public CelCompilation Compile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CelCompilation.Compile(this, text);
    }

    internal CelType? FindVariable(string name) => Variables.GetValueOrDefault(name);

    internal CelOverload[]? FindFunction(string name) => Functions.GetValueOrDefault(name);

    internal CelType? FindTypeName(string name) => TypeNames.GetValueOrDefault(name);
}
