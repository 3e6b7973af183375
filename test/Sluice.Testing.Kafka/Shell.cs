using System.Diagnostics;

namespace Sluice.Testing.Kafka;

internal static class Shell
{
    /// <summary>What the launcher hands to its virtual machines. They live for a test or two: to compile what is run a little beats to compile it well.</summary>
    private const string MachineOptions = "KAFKA_JVM";

    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments)
    {
        using var process = Start(file, arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        // The launcher's brokers inherit its standard error: read to the end only what has to be.
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{file} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {process.ExitCode}: {await output} {await errors}");
    }

    public static Process Start(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.TryAdd(MachineOptions, "-XX:TieredStopAtLevel=1");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
