namespace Sluice.Cli;

/// <summary>What commands that talk to the process's own console say in the same way.</summary>
internal static class Terminal
{
    private static readonly Lazy<CommandIo> Io = new(CommandIo.OfProcess);

    /// <summary>A sentence that says what went wrong and what to change, on standard error.</summary>
    public static void Error(string message) => Io.Value.Fail(message);

    /// <summary>A sentence that says what is likely a mistake, on standard error.</summary>
    public static void Warn(string message) => Io.Value.Warn(message);
}
