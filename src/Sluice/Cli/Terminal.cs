using Spectre.Console;

namespace Sluice.Cli;

/// <summary>What every command says in the same way.</summary>
internal static class Terminal
{
    private static readonly Lazy<IAnsiConsole> StandardError = new(() => AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>A sentence that says what went wrong and what to change, on standard error.</summary>
    public static void Error(string message) => StandardError.Value.MarkupLineInterpolated($"[red]error:[/] {message}");
}
