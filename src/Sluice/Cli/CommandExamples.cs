using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sluice.Cli;

/// <summary>Examples at the end of a command's <c>--help</c>: what most people look for there.</summary>
internal static class CommandExamples
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Command, (string Title, string Line)[]> Examples = [];

    /// <summary>Adds examples: what each is for, and the line to type.</summary>
    public static Command WithExamples(this Command command, params (string Title, string Line)[] examples)
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Makes the help of the whole tree end with examples.</summary>
    public static void ShowIn(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Remove("/h"); // they would only clutter completion
        help.Aliases.Remove("/?");
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.Invoke(parseResult);
            if (!Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                return ExitCode.Ok;
            }

            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var (title, line) in examples)
            {
                output.WriteLine($"  # {title}");
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
            return ExitCode.Ok;
        }
    }
}
