using Spectre.Console;

namespace Sluice.Cli;

/// <summary>What a command reads, writes and is surrounded by: the process's own, or a test's.</summary>
internal sealed class CommandIo
{
    private readonly Lazy<IAnsiConsole> _console;
    private readonly Lazy<IAnsiConsole> _errorConsole;

    public CommandIo()
    {
        _console = new(() => ConsoleOn(Out!, OutIsTerminal));
        _errorConsole = new(() => ConsoleOn(Error!, ErrorIsTerminal));
    }

    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>False when something is piped or redirected into the command.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Whether <see cref="Out"/> is seen by a person: tables, colour, bars. Otherwise plain text for programs.</summary>
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Reads an environment variable; an empty one is none.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Null when nobody is there to be asked.</summary>
    public IQuestions? Questions { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Standard output with colour where it has any.</summary>
    public IAnsiConsole Console => _console.Value;

    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    public static CommandIo OfProcess()
    {
        var canAsk = !System.Console.IsInputRedirected && !System.Console.IsErrorRedirected;
        return new CommandIo
        {
            In = System.Console.In,
            Out = System.Console.Out,
            Error = System.Console.Error,
            InIsTerminal = !System.Console.IsInputRedirected,
            OutIsTerminal = !System.Console.IsOutputRedirected,
            ErrorIsTerminal = !System.Console.IsErrorRedirected,
            Variable = static name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
            Questions = canAsk ? new TerminalQuestions(ConsoleOn(System.Console.Error, isTerminal: true)) : null,
        };
    }

    /// <summary>Says something beside the result, on standard error.</summary>
    public void Note(string text) => Error.WriteLine(text);

    /// <summary>Says what may be wrong although the command goes on, on standard error.</summary>
    public void Warn(string text)
    {
        ErrorConsole.Markup("[yellow]warning:[/] ");
        Error.WriteLine(text);
    }

    /// <summary>Says why the command ends, on standard error. The text is not wrapped, so that carets stay under what they point at.</summary>
    public void Fail(string message, string? hint = null)
    {
        ErrorConsole.Markup("[red]error:[/] ");
        Error.WriteLine(message);
        if (hint is not null)
        {
            Error.WriteLine(hint);
        }
    }

    // Colours and NO_COLOR are found out by the library; it believes any writer that is not the console's to be a file.
    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        return console;
    }
}
