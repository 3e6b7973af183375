using System.Diagnostics;
using System.Text.Json;
using Sluice.Dev;

namespace Sluice.Testing;

/// <summary>A real <c>sluice dev</c> in a process of its own.</summary>
internal sealed class SluiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo? _ownData;

    private SluiceProcess(Process process, DirectoryInfo? ownData, DevInfo info) => (_process, _ownData, Info) = (process, ownData, info);

    public DevInfo Info { get; }

    /// <summary>Largest resident size so far.</summary>
    public double PeakMiB
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <param name="data">Data directory; null: a temporary one that goes with the process.</param>
    /// <param name="arguments">Further arguments of <c>sluice dev</c>.</param>
    public static async Task<SluiceProcess> StartAsync(string? data = null, params string[] arguments)
    {
        var ownData = data is null ? Directory.CreateTempSubdirectory("sluice-process-") : null;
        var process = Launch([
            "dev", "--output", "json", "--data", data ?? ownData!.FullName, .. arguments, .. arguments.Contains("--urls") ? (string[])[] : ["--urls", "http://127.0.0.1:0"],
        ]);
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"sluice dev did not start: {await process.StandardError.ReadToEndAsync()}");
        return new SluiceProcess(process, ownData, JsonSerializer.Deserialize(line, DevInfoJson.Default.DevInfo)!);
    }

    /// <summary>A real <c>sluice serve</c> in <paramref name="directory"/>, ready when this returns. Its address comes from its log.</summary>
    public static async Task<ServeProcess> ServeAsync(string directory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = Launch(["serve", .. arguments, "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"], directory, environment);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            const string Listening = "Now listening on: ";
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                // Nobody reads on: the pipe must not fill up.
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServeProcess(process, line[(at + Listening.Length)..].Trim());
            }
        }

        throw new InvalidOperationException($"sluice serve did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Runs <c>sluice</c> with any arguments to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>SIGKILL: no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _ownData?.Delete(recursive: true);
    }

    private static Process Launch(string[] arguments, string? directory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        foreach (var argument in (string[])[typeof(DevInfo).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
