using Sluice.Kafka.Acls;

namespace Sluice.Kafka.Client.Cluster;

/// <summary>For clusters whose ACLs are not to be looked at.</summary>
internal sealed class NoAcls : IAclFeed
{
    public static NoAcls Instance { get; } = new();

    public IReadOnlyCollection<AclBinding> Current { get; } = [];

    public ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) => default;

    public ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken) => default;
}
