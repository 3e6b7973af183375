using System.CommandLine;

namespace Sluice.Cli;

/// <summary>A secret for a command: from its option, from standard input, from the environment, or by asking; never by necessity on the command line.</summary>
/// <param name="name">The option: <c>--api-secret</c>; with <c>-stdin</c> after it, the one that reads standard input.</param>
/// <param name="variable">The environment variable.</param>
/// <param name="what">For questions and messages: <c>API secret</c>.</param>
internal sealed class SecretOptions(string name, string variable, string what)
{
    public Option<string?> Value { get; } = new(name)
    {
        Description = $"The {what}. Others on this machine can see it in the list of processes: better is {variable}, {name}-stdin, or to be asked.",
        HelpName = "SECRET",
    };

    public Option<bool> FromInput { get; } = new($"{name}-stdin") { Description = $"Read the {what} from standard input." };

    /// <exception cref="CommandFailure">There is none, and nobody to ask.</exception>
    public string Read(CommandIo io, ParseResult parsed)
    {
        if (parsed.GetValue(FromInput))
        {
            return io.In.ReadToEnd().TrimEnd('\r', '\n') is { Length: > 0 } piped ? piped : throw CommandFailure.Usage($"Standard input held no {what}.");
        }

        return parsed.GetValue(Value) ?? io.Variable(variable) ?? io.Questions?.AskSecret(what)
            ?? throw CommandFailure.Usage($"The {what} is missing.", $"Set {variable}, or pipe it with {name}-stdin.");
    }
}
