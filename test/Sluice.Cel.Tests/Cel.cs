using System.Text.Json;

namespace Sluice.Cel.Tests;

/// <summary>Short forms that tests share.</summary>
internal static class Cel
{
    /// <summary>Every library, no variables.</summary>
    public static readonly CelEnvironment Full = CelEnvironment.Standard
        .WithLibrary(CelLibrary.Bindings)
        .WithLibrary(CelLibrary.TwoVariableComprehensions)
        .WithLibrary(CelLibrary.Encoders)
        .WithLibrary(CelLibrary.Math)
        .WithLibrary(CelLibrary.Strings)
        .WithLibrary(CelLibrary.Optionals)
        .WithLibrary(CelLibrary.Network);

    /// <summary>The language of pool filters.</summary>
    public static readonly CelEnvironment Filters = CelEnvironment.Standard
        .WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn))
        .WithLimits(CelLimits.Filter);

    public static CelProgram Program(this CelEnvironment environment, string source)
    {
        var compiled = environment.Compile(source);
        Assert.True(compiled.IsSuccess, $"{source}\n{compiled.Render()}");
        return compiled.Program;
    }

    public static CelValue Run(this CelEnvironment environment, string source) => environment.Program(source).Evaluate(CelActivation.Empty);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
