using System.Diagnostics;

namespace Sluice.Testing;

/// <summary>The real curl, fed with commands as a person would paste them.</summary>
public static class Curl
{
    /// <summary>Why a test is skipped when <see cref="Installed"/> is false.</summary>
    public const string Missing = "Install curl and a POSIX shell to run this test.";

    /// <summary>Whether this machine has curl and a POSIX shell.</summary>
    public static bool Installed { get; } = OnPath("curl") && OnPath("sh");

    /// <summary>Runs a command line in <c>sh</c> and gives back what it wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message holds its standard error.</exception>
    public static async Task<string> ShellAsync(string command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A proxy meant for the world must not catch loopback.
        start.Environment["no_proxy"] = "127.0.0.1,localhost,::1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"The command ended with {process.ExitCode}: {await errors}");
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
