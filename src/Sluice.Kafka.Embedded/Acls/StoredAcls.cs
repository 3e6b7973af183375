using Sluice.Kafka.Acls;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Acls;

/// <summary>The cluster's ACLs as they are stored now: there is nothing to wait for.</summary>
internal sealed class StoredAcls(Writer writer) : IAclFeed
{
    public IReadOnlyCollection<AclBinding> Current => writer.Current.Acls;

    public ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) => default;

    public ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken) => default;
}
