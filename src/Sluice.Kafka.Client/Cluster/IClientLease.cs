using Sluice.Kafka.Client.Clients;

namespace Sluice.Kafka.Client.Cluster;

/// <summary>Where a cluster's calls get their clients from.</summary>
internal interface IClientLease
{
    /// <returns>None, or why there are no clients.</returns>
    KafkaError Take(out Held held);
}

/// <summary>Clients that are held for one call.</summary>
internal readonly struct Held(PrincipalClients clients, ClientPool.Lease? lease) : IDisposable
{
    public PrincipalClients Clients => clients;

    public bool IsPooled => lease is not null;

    public void Dispose() => lease?.Dispose();
}

/// <summary>The gateway's own clients, for everybody.</summary>
internal sealed class OwnLease(PrincipalClients clients) : IClientLease
{
    public KafkaError Take(out Held held)
    {
        held = new Held(clients, null);
        return default;
    }
}

/// <summary>The caller's clients, from the pool.</summary>
internal sealed class PooledLease(KafkaClusterConnection connection, ClusterCaller caller) : IClientLease
{
    public KafkaError Take(out Held held)
    {
        if (connection.TryLease(caller, out var lease))
        {
            held = new Held(lease.Clients, lease);
            return default;
        }

        held = default;
        return new KafkaError(
            KafkaErrorCode.LocalQueueFull,
            $"All {connection.MaxClients} places for principals (MaxClients) have requests under way: try again later.");
    }
}
