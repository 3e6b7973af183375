namespace Sluice.Cli.Tokens;

/// <summary>A token for a command: its argument, the environment, or standard input. A token is a secret, so the last two are better.</summary>
internal static class TokenInput
{
    public const string Variable = "SLUICE_TOKEN";
    private const string FromInput = "-";

    // Editors and shells of Windows begin files with it.
    private const char ByteOrderMark = '\uFEFF';

    /// <param name="io">Where to look.</param>
    /// <param name="given">What was given on the command line; null: nothing, <c>-</c>: standard input.</param>
    /// <exception cref="CommandFailure">There is no token, or something that is none.</exception>
    public static string Read(CommandIo io, string? given)
    {
        var text = given is not (null or FromInput) ? given
            : given is null && io.Variable(Variable) is { } variable ? variable
            : given == FromInput || !io.InIsTerminal ? io.In.ReadToEnd()
            : io.Questions?.AskSecret("Token") ?? "";
        text = text.Trim().TrimStart(ByteOrderMark).TrimStart();
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            text = text[7..].TrimStart();
        }

        if (text.Length == 0)
        {
            throw CommandFailure.Usage("There is no token.", $"Pipe it in, set {Variable}, or give it as an argument.");
        }

        return text.All(character => character is > ' ' and <= '~')
            ? text
            : throw CommandFailure.Usage("This is no token: it has spaces, line breaks or characters beyond ASCII in it.", "Is there more than the token in it?");
    }
}
