namespace Sluice.Kafka.Topics;

public interface IPartitions
{
    /// <summary>ListOffsets: one result for each query, in order.</summary>
    Task<IReadOnlyList<KafkaResult<long>>> ListOffsetsAsync(
        IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken);

    /// <summary>ListPartitionReassignments. Null: every partition that is being reassigned; otherwise those of the given ones that are.</summary>
    Task<KafkaResult<IReadOnlyList<PartitionReassignment>>> ListReassignmentsAsync(
        IReadOnlyList<TopicPartition>? partitions, CancellationToken cancellationToken);
}

/// <param name="Partition">Which partition.</param>
/// <param name="Timestamp">
/// Milliseconds since the epoch: the first offset at or after it, -1 when there is none. Or <see cref="Earliest"/> or <see cref="Latest"/>.
/// </param>
public readonly record struct OffsetQuery(TopicPartition Partition, long Timestamp)
{
    public const long Latest = -1;
    public const long Earliest = -2;
}

/// <summary>Whether records of open transactions count.</summary>
public enum IsolationLevel
{
    ReadUncommitted,
    ReadCommitted,
}

/// <summary>A partition on its way to other brokers.</summary>
public sealed record PartitionReassignment(
    TopicPartition Partition, IReadOnlyList<int> Replicas, IReadOnlyList<int> AddingReplicas, IReadOnlyList<int> RemovingReplicas);
