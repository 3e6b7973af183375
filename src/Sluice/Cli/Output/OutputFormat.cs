using System.CommandLine;

namespace Sluice.Cli.Output;

/// <summary>What <c>--output</c> chooses.</summary>
internal static class OutputFormat
{
    public const string Table = "table";
    public const string Json = "json";

    public static Option<string> Option { get; } = Create();

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(Option) == Json;

    private static Option<string> Create()
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = "'table' for people, 'json' for programs: what the API answered.",
            DefaultValueFactory = _ => Table,
            Recursive = true,
        };
        option.AcceptOnlyFromAmong(Table, Json);
        return option;
    }
}
