using System.Text.Json;
using Sluice.Cel.Syntax;

namespace Sluice.Cel.Fuzz;

/// <summary>What must hold for every input.</summary>
internal static class Properties
{
    private static readonly CelLimits Limits = new()
    {
        MaxLength = 2000,
        MaxDepth = 60,
        MaxNodes = 500,
        MaxSteps = 2000,
        MaxComprehensionSize = 200,
        MaxStringLength = 2000,
        MaxPatternLength = 60,
    };

    private static readonly CelEnvironment Environment = CelEnvironment.Standard
        .WithLibrary(CelLibrary.Bindings)
        .WithLibrary(CelLibrary.TwoVariableComprehensions)
        .WithLibrary(CelLibrary.Encoders)
        .WithLibrary(CelLibrary.Math)
        .WithLibrary(CelLibrary.Strings)
        .WithLibrary(CelLibrary.Optionals)
        .WithLibrary(CelLibrary.Network)
        .WithVariable("claims", CelType.Map(CelType.String, CelType.Dyn))
        .WithLimits(Limits);

    private static readonly CelEnvironment Unchecked = Environment.WithoutTypeCheck();

    private static readonly JsonElement Claims = JsonDocument.Parse(
        """
        {"sub":"system:a","aud":["x","y"],"scp":"read write","level":3,"ratio":0.5,"ok":true,"none":null,"a-b":"q\"\u00e9","big":18446744073709551615,
         "nested":{"a":[1,2,{"b":"c"}],"while":1},"bad":"\ud83d"}
        """).RootElement;

    private static readonly CelActivation Activation = CelActivation.Of("claims", Claims);

    /// <param name="source">The input.</param>
    /// <param name="turn">Slower checks are made in some turns only.</param>
    public static (bool Parsed, bool Checked, string? Fault) Check(string source, int turn)
    {
        var parsed = Parser.Parse(source, Limits, Environment.Macros);
        if (parsed.Root is null)
        {
            // The message can be shown, and lies within the text.
            var issue = parsed.Fault!;
            var isInside = issue.Offset >= 0 && issue.Length >= 0 && issue.Offset + issue.Length <= source.Length && issue.Line > 0 && issue.Column > 0;
            return (false, false, isInside && issue.Render().Contains('^', StringComparison.Ordinal) ? null : "a fault lies outside the text");
        }

        if (RoundTrip(parsed.Root) is { } fault)
        {
            return (true, false, fault);
        }

        var compiled = Environment.Compile(source);
        if (compiled.Program is not { } program)
        {
            _ = compiled.Render();

            // What the checker refuses must still not crash when it runs.
            return (true, false, turn % 4 == 0 ? Evaluate(Unchecked.Compile(source).Program!, turn) : null);
        }

        return (true, true, Evaluate(program, turn));
    }

    private static string? RoundTrip(Expr root)
    {
        var printed = Printer.Print(root);
        var again = Parser.Parse(printed, CelLimits.Default, Environment.Macros);
        return again.Root is null ? $"printed text does not parse: {printed}: {again.Fault}"
            : TreeText.Of(root) != TreeText.Of(again.Root) ? $"printed text parses to another tree: {printed}"
            : null;
    }

    private static string? Evaluate(CelProgram program, int turn)
    {
        var value = program.Evaluate(Activation);
        var fromJson = program.Evaluate(Claims);
        if (value.ToString() != fromJson.ToString())
        {
            return $"activation gives {value}, JSON gives {fromJson}";
        }

        if (program.IsTrue(Claims) != value.IsTrue)
        {
            return $"IsTrue differs from Evaluate, which gives {value}";
        }

        if (value.Error is { } error && (error.Offset < -1 || error.Offset + error.Length > program.Text.Length))
        {
            return "an error lies outside the text";
        }

        if (turn % 8 == 0)
        {
            var trace = program.Trace(Claims);
            _ = trace.Render();
            if (trace.Result.ToString() != value.ToString())
            {
                return $"a trace gives {trace.Result}, not {value}";
            }
        }

        if (turn % 16 == 0)
        {
            _ = CelLint.Check(program, new CelLintOptions { IsSharedIssuer = true });
        }

        return null;
    }
}
