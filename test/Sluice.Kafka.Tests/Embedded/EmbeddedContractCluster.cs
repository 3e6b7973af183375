using Sluice.Kafka.Embedded;
using Sluice.Kafka.Tests.Contract;
using Sluice.Kafka.Tests.Embedded;

[assembly: AssemblyFixture(typeof(EmbeddedContractCluster))]

namespace Sluice.Kafka.Tests.Embedded;

public sealed class EmbeddedContractCluster : ContractCluster
{
    private readonly TemporaryDirectory _directory = new();
    private EmbeddedCluster? _connection;

    public override ICluster Cluster => _connection!.For(new ClusterCaller("User:test"));

    public override async ValueTask InitializeAsync() =>
        _connection = await EmbeddedCluster.OpenAsync(new() { Directory = _directory.Path }, TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _directory.Dispose();
    }
}
