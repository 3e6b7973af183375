namespace Sluice.Cli;

/// <summary>How a command ends, for scripts; <c>docs/cli.md</c> promises these.</summary>
internal static class ExitCode
{
    /// <summary>Done; for <c>pool test</c>: the filter matches.</summary>
    public const int Ok = 0;

    /// <summary>Not done, or the answer is no: the server refused, nothing answered, the filter does not match.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a file it names must be changed first.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C, as shells count it: 128 and the signal's number.</summary>
    public const int Interrupted = 130;
}
