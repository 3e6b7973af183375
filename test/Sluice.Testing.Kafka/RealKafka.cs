using System.Diagnostics;
using System.Globalization;

namespace Sluice.Testing.Kafka;

/// <summary>
/// A real Apache Kafka cluster for one test assembly or one test. Found through <c>SLUICE_TEST_KAFKA</c>: the directory of a launcher
/// (<c>kafka start|stop|kill|pause|resume|up DIR</c>), or the address of a cluster that runs already; without it in Docker, where there is an engine.
/// </summary>
public sealed class RealKafka : IAsyncDisposable
{
    public const string Variable = "SLUICE_TEST_KAFKA";

    private readonly string? _launcher;
    private readonly string? _directory;
    private readonly Dictionary<string, string> _addresses;

    private RealKafka(string? launcher, string? directory, Dictionary<string, string> addresses)
    {
        _launcher = launcher;
        _directory = directory;
        _addresses = addresses;
        if (directory is not null)
        {
            AppDomain.CurrentDomain.ProcessExit += StopNow;
        }
    }

    /// <summary>No authentication; a superuser on the launcher's clusters.</summary>
    public string Plain => _addresses["KAFKA_PLAIN"];

    /// <summary>SASL: SCRAM-SHA-512 and PLAIN; users admin (superuser), alice, bob, gateway with password NAME-secret.</summary>
    public string Scram => _addresses["KAFKA_SCRAM"];

    /// <summary>SASL: OAUTHBEARER.</summary>
    public string OAuth => _addresses["KAFKA_OAUTH"];

    public string Tls => _addresses["KAFKA_TLS"];

    /// <summary>Kafka's own id; only with a launcher.</summary>
    public string ClusterId => _addresses["KAFKA_CLUSTER_ID"];

    /// <summary>False for a cluster that was only given by its address.</summary>
    public bool HasLauncher => _launcher is not null;

    private static string? Given => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    /// <summary>Why there is no cluster of that kind, saying what to set; null when there can be one.</summary>
    public static string? WhyNot(RealKafkaOptions options)
    {
        if (Given is { } given && File.Exists(Path.Combine(given, "kafka")))
        {
            return null;
        }

        if (options.NeedsLauncher)
        {
            return $"This test stops brokers or needs other listeners: set {Variable} to a launcher's directory.";
        }

        return (Given ?? DockerKafka.Address) is not null
            ? null
            : $"No Kafka to test with: set {Variable} to a launcher's directory or to the address of a cluster (HOST:PORT); {DockerKafka.WhyNot}.";
    }

    /// <summary>A first port for one broker: its OAUTH listener is three above.</summary>
    public static int FindPort() => FreePorts.Find(1);

    /// <summary>Starts a cluster of its own, or connects to the given one. Ask <see cref="WhyNot"/> first.</summary>
    public static async Task<RealKafka> StartAsync(RealKafkaOptions options)
    {
        var given = (Given ?? DockerKafka.Address)!;
        var launcher = Path.Combine(given, "kafka");
        if (!File.Exists(launcher))
        {
            return new RealKafka(null, null, new(StringComparer.Ordinal) { ["KAFKA_PLAIN"] = given });
        }

        await Leftovers.StopAsync(launcher);
        var directory = Leftovers.NewDirectory();
        List<string> arguments =
        [
            "start", directory, "--port", (options.Port > 0 ? options.Port : FreePorts.Find(options.Brokers)).ToString(CultureInfo.InvariantCulture),
            "--brokers", options.Brokers.ToString(CultureInfo.InvariantCulture),
        ];
        if (options.JwksFile is not null)
        {
            arguments.AddRange(["--jwks", new Uri(options.JwksFile).AbsoluteUri, "--issuer", options.Issuer, "--audience", options.Audience]);
        }

        if (options.TlsDirectory is not null)
        {
            arguments.AddRange(["--tls", options.TlsDirectory]);
        }

        foreach (var setting in options.Settings)
        {
            arguments.AddRange(["--set", setting]);
        }

        await Shell.RunAsync(launcher, arguments);
        var addresses = (await File.ReadAllLinesAsync(Path.Combine(directory, "addresses.env")))
            .Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return new RealKafka(launcher, directory, addresses);
    }

    /// <summary>Kafka's own tools, for a second opinion: <c>topics</c>, <c>acls</c>, <c>configs</c>, <c>groups</c>, <c>reassign</c>, … Returns their output.</summary>
    public Task<string> ToolAsync(string tool, params string[] arguments) => Shell.RunAsync(_launcher!, [tool, .. arguments]);

    /// <summary>A running tool, such as a console consumer. The caller ends it.</summary>
    public Process StartTool(string tool, params string[] arguments) => Shell.Start(_launcher!, [tool, .. arguments]);

    /// <summary>A program of Kafka's that the launcher has no verb for, such as the console share consumer. The caller ends it.</summary>
    public Process StartJava(string mainClass, params string[] arguments) =>
        Shell.Start("java", ["-cp", Path.Combine(Path.GetDirectoryName(_launcher!)!, "libs", "*"), mainClass, .. arguments]);

    public Task StopAsync(int? node = null) => SignalAsync("stop", node);

    public Task KillAsync(int? node = null) => SignalAsync("kill", node);

    public Task PauseAsync(int? node = null) => SignalAsync("pause", node);

    public Task ResumeAsync(int? node = null) => SignalAsync("resume", node);

    public Task UpAsync(int node = 1) => SignalAsync("up", node);

    public async ValueTask DisposeAsync()
    {
        if (_directory is not null)
        {
            AppDomain.CurrentDomain.ProcessExit -= StopNow;
            await Leftovers.RemoveAsync(_launcher!, _directory);
        }
    }

    private Task<string> SignalAsync(string verb, int? node) => Shell.RunAsync(
        _launcher!, node is { } n ? [verb, _directory!, n.ToString(CultureInfo.InvariantCulture)] : [verb, _directory!]);

    private void StopNow(object? sender, EventArgs e) => Leftovers.RemoveAsync(_launcher!, _directory!).GetAwaiter().GetResult();
}
