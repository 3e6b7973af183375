using Sluice.Kafka.Client;
using Sluice.Testing.Kafka;

namespace Sluice.Kafka.Tests.Real;

/// <summary>The assembly's shared broker, and connections to it.</summary>
public static class ApacheKafka
{
    private static readonly Lazy<Task<RealKafka>> Started = new(StartWithGroupsAsync);
    private static RealKafka? _current;

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    public static RealKafka Current => _current ?? throw new InvalidOperationException("Not started.");

    public static async Task<RealKafka> StartAsync()
    {
        SkipWithout(new RealKafkaOptions());
        return _current = await Started.Value;
    }

    /// <summary>Skips the test visibly when there cannot be such a cluster.</summary>
    public static void SkipWithout(RealKafkaOptions options)
    {
        if (RealKafka.WhyNot(options) is { } why)
        {
            Assert.Skip(why);
        }
    }

    /// <summary>
    /// A new broker is no group's coordinator until it has made and read its fifty partitions of offsets, which a busy machine takes its time for:
    /// longer than a request waits.
    /// </summary>
    private static async Task<RealKafka> StartWithGroupsAsync()
    {
        var kafka = await SharedKafka.StartAsync();
        await using var connection = Connect(kafka.Plain);
        var cluster = connection.For(new ClusterCaller("User:test"));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if ((await cluster.DescribeGroupsAsync(["is-anybody-there"], CancellationToken.None))[0].Error.Code == KafkaErrorCode.GroupIdNotFound)
            {
                break;
            }
        }

        return kafka;
    }

    /// <summary>For tests that are not about a cluster that is away: a busy machine must not look like one.</summary>
    public static KafkaClusterConnection Connect(string bootstrap, params (string Name, string Value)[] settings) =>
        Connect(new KafkaClusterOptions { UnavailableAfter = Patience }, bootstrap, settings);

    /// <summary>With the defaults that users get.</summary>
    public static KafkaClusterConnection ConnectAsShipped(string bootstrap) => Connect(new KafkaClusterOptions(), bootstrap, []);

    private static KafkaClusterConnection Connect(KafkaClusterOptions options, string bootstrap, (string Name, string Value)[] settings)
    {
        options.Client["bootstrap.servers"] = bootstrap;
        foreach (var (name, value) in settings)
        {
            options.Client[name] = value;
        }

        return new KafkaClusterConnection(options);
    }

    public static async ValueTask StopAsync()
    {
        if (_current is not null)
        {
            await _current.DisposeAsync();
        }
    }
}

/// <summary>A test class that needs the shared broker.</summary>
public interface IOnApacheKafka : IAsyncLifetime
{
    async ValueTask IAsyncLifetime.InitializeAsync() => await ApacheKafka.StartAsync();

#pragma warning disable CA1816 // nothing here has a finalizer
    ValueTask IAsyncDisposable.DisposeAsync() => default;
#pragma warning restore CA1816
}
