using Sluice.Kafka.Acls;

namespace Sluice.Kafka;

/// <summary>One configured cluster, before it is known who asks.</summary>
public interface IClusterConnection : IAsyncDisposable
{
    /// <summary>The id in URLs: the configured alias (<c>lkc-…</c>) or, without one, Kafka's own. Null while Kafka's own is not yet known.</summary>
    string? ClusterId { get; }

    /// <summary>Whether the cluster answers the gateway itself; none when it does, or when the gateway is nobody itself. Quick and cheap; for health checks.</summary>
    ValueTask<KafkaError> CheckAsync(CancellationToken cancellationToken) => default;

    /// <summary>The caller's own token goes to the brokers: <see cref="For"/> wants it.</summary>
    bool PassesTokens => false;

    /// <summary>
    /// The ACLs by which the gateway decides what callers may do here. Null: the brokers see who is calling, and decide themselves.
    /// </summary>
    IAclFeed? Acls { get; }

    /// <summary>The cluster as <paramref name="caller"/> sees it. Cheap; ask once per request.</summary>
    ICluster For(ClusterCaller caller);
}
