using System.CommandLine;
using System.CommandLine.Invocation;
using Sluice.Cli.Connections;
using Sluice.Cli.Demo;
using Sluice.Cli.Resources;
using Sluice.Cli.Tokens;

namespace Sluice.Cli;

/// <summary>The command line: <c>sluice dev</c>, <c>sluice pool list</c>, …</summary>
internal static class SluiceCommand
{
    // Without response files: a secret may begin with @.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static Task<int> RunAsync(string[] args) => RunAsync(args, CommandIo.OfProcess(), CancellationToken.None);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        var parsed = Create(io).Parse(args.Length == 0 ? ["--help"] : args, Parsing);
        if (parsed.Action is ParseErrorAction)
        {
            return Misunderstood(parsed, io);
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            io.Fail(failure.Message, failure.Hint);
            return failure.Code;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static RootCommand Create(CommandIo io)
    {
        var root = new RootCommand("Confluent Cloud's Kafka REST API, with OAuth identity pools, in front of any Kafka cluster.")
        {
            DevCommand.Create(),
            ServeCommand.Create(),
            new DemoCommand(io).Create(),
            new LoginCommand(io).Create(),
            new LogoutCommand(io).Create(),
            new ContextCommand(io).Create(),
            new ProviderCommand(io).Create(),
            new PoolCommand(io).Create(),
            new ServiceAccountCommand(io).Create(),
            new KeyCommand(io).Create(),
            new RoleBindingCommand(io).Create(),
            new EnvironmentCommand(io).Create(),
            new ClusterCommand(io).Create(),
            TokenCommand.Create(io),
            new CompletionCommand(io).Create(),
        };
        CommandExamples.ShowIn(root);
        return root;
    }

    private static int Misunderstood(ParseResult parsed, CommandIo io)
    {
        var command = parsed.CommandResult.Command;
        var path = Path(parsed);
        var messages = parsed.Errors.Select(e => e.Message);
        if (command.Subcommands.Count > 0)
        {
            // The library says twice that something is missing: what was typed in its place, and that it is no command.
            messages = parsed.UnmatchedTokens is [var unknown, ..]
                ? [$"`{path}` has no command '{Output.PrintableText.Of(unknown)}'."]
                : [$"`{path}` needs a command: {string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}."];
        }

        io.Fail(string.Join("\n", messages.Distinct(StringComparer.Ordinal)), $"{Corrections(parsed)}Run `{path} --help`.");
        return ExitCode.Usage;
    }

    // "Did you mean …?", as the library finds it.
    private static string Corrections(ParseResult parsed)
    {
        using var text = new StringWriter();
        var action = (ParseErrorAction)parsed.Action!;
        action.ShowHelp = false;
        parsed.Invoke(new InvocationConfiguration { Output = text, Error = TextWriter.Null });
        return text.ToString().Trim() is { Length: > 0 } found ? found + "\n" : "";
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = (System.CommandLine.Parsing.SymbolResult?)parsed.CommandResult; result is System.CommandLine.Parsing.CommandResult command; result = result.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "sluice" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
