namespace Sluice.Cli.Tokens;

/// <summary>A token for a command: its argument, the environment, or standard input. A token is a secret, so the last two are better.</summary>
internal static class TokenInput
{
    public const string Variable = "SLUICE_TOKEN";
    private const string FromInput = "-";

    /// <param name="io">Where to look.</param>
    /// <param name="given">What was given on the command line; null: nothing, <c>-</c>: standard input.</param>
    /// <exception cref="CommandFailure">There is no token.</exception>
    public static string Read(CommandIo io, string? given)
    {
        var text = given is not (null or FromInput) ? given
            : given is null && io.Variable(Variable) is { } variable ? variable
            : given == FromInput || !io.InIsTerminal ? io.In.ReadToEnd()
            : io.Questions?.AskSecret("Token") ?? "";
        text = text.Trim();
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            text = text[7..].TrimStart();
        }

        return text.Length > 0 ? text : throw CommandFailure.Usage("There is no token.", $"Pipe it in, set {Variable}, or give it as an argument.");
    }
}
