namespace Sluice.Kafka.Acls;

/// <summary>A cluster's ACLs as a whole, kept at hand for a gateway that decides by them.</summary>
public interface IAclFeed
{
    /// <summary>HOT. All of them; the same object for as long as they are the same. Null until they are known for the first time.</summary>
    IReadOnlyCollection<AclBinding>? Current { get; }

    /// <summary>Waits until they are known. A cluster without an authorizer has none.</summary>
    /// <returns>None, or why they cannot be read.</returns>
    ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken);

    /// <summary>After a change through this gateway: waits, not for long, until <see cref="Current"/> shows it.</summary>
    /// <param name="shows">Whether it does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken);
}
