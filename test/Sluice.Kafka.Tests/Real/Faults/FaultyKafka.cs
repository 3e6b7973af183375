using System.Globalization;
using Sluice.Kafka.Client;
using Sluice.Kafka.Topics;
using Sluice.Testing.Kafka;

namespace Sluice.Kafka.Tests.Real.Faults;

/// <summary>A cluster whose brokers a test class stops, kills and pauses. How often each is <c>SLUICE_TEST_FAULTS</c> (1).</summary>
public abstract class FaultyKafka(int brokers) : IAsyncLifetime
{
    private readonly RealKafkaOptions _wanted = new() { Brokers = brokers, NeedsLauncher = true };
    private RealKafka? _kafka;
    private KafkaClusterConnection? _connection;

    public static int Times { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SLUICE_TEST_FAULTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;

    public RealKafka Kafka => _kafka!;

    public ICluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (RealKafka.WhyNot(_wanted) is null)
        {
            _kafka = await RealKafka.StartAsync(_wanted);
            _connection = ApacheKafka.Connect(_kafka.Plain);
            Cluster = _connection.For(new ClusterCaller("User:test"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_kafka is not null)
        {
            await _connection!.DisposeAsync();
            await _kafka.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A topic with three partitions on all brokers. Skips where there is no launcher.</summary>
    public async Task<string> NewTopicAsync()
    {
        ApacheKafka.SkipWithout(_wanted);
        var topic = $"faults-{Guid.NewGuid():N}";
        var made = await Cluster.CreateTopicAsync(new NewTopic(topic, 3, (short)brokers), TestContext.Current.CancellationToken);
        Assert.True(made.IsSuccess, made.Error.ToString());
        return topic;
    }

    /// <summary>Until every partition has all its replicas in sync again.</summary>
    public async Task HealAsync(string topic)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await IsWholeAsync(topic, deadline.Token))
        {
            await Task.Delay(100, deadline.Token);
        }
    }

    private async Task<bool> IsWholeAsync(string topic, CancellationToken cancellationToken)
    {
        var described = await Cluster.DescribeTopicAsync(topic, false, cancellationToken);
        return described.IsSuccess && described.Value.Partitions.All(p => p.Leader is not null && p.InSyncReplicas.Count == brokers);
    }
}

public sealed class OneFaultyBroker() : FaultyKafka(1);

public sealed class ThreeFaultyBrokers() : FaultyKafka(3);
