namespace Sluice.Cli;

/// <summary>
/// Ends a command with a sentence for its user. An exception, because a command stops at its first failure whatever it was in the middle of;
/// <see cref="SluiceCommand"/> is the one place that catches it.
/// </summary>
/// <param name="message">What went wrong. May have several lines.</param>
/// <param name="hint">What to change, when there is something to say; on a line of its own.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class CommandFailure(string message, string? hint = null, int exitCode = ExitCode.Failed) : Exception(message)
{
    public string? Hint => hint;

    public int Code => exitCode;

    /// <summary>What was typed, or a file that it names, must be changed.</summary>
    public static CommandFailure Usage(string message, string? hint = null) => new(message, hint, ExitCode.Usage);
}
