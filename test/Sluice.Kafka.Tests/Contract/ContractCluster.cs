namespace Sluice.Kafka.Tests.Contract;

/// <summary>The cluster that a contract test class runs against. One per adapter and test run: tests name their own topics and groups.</summary>
public abstract class ContractCluster : IAsyncLifetime
{
    /// <summary>The cluster, or a visible skip that says what to set.</summary>
    public abstract ICluster Cluster { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();
}
