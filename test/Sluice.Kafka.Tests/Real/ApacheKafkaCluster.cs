using Sluice.Kafka.Client;
using Sluice.Kafka.Tests.Contract;
using Sluice.Kafka.Tests.Real;

[assembly: AssemblyFixture(typeof(ApacheKafkaCluster))]

namespace Sluice.Kafka.Tests.Real;

/// <summary>The contract's cluster on Apache Kafka, as a superuser.</summary>
public sealed class ApacheKafkaCluster : ContractCluster
{
    private readonly Lazy<KafkaClusterConnection> _connection = new(() => ApacheKafka.Connect(ApacheKafka.Current.Plain));

    public override ICluster Cluster => _connection.Value.For(new ClusterCaller("User:test"));

    public override ValueTask InitializeAsync() => default;

    public override async ValueTask DisposeAsync()
    {
        if (_connection.IsValueCreated)
        {
            await _connection.Value.DisposeAsync();
        }

        await ApacheKafka.StopAsync();
    }
}
