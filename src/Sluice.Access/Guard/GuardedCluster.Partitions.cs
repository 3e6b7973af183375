using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Topics;

namespace Sluice.Access.Guard;

public sealed partial class GuardedCluster
{
    /// <summary>ListOffsets: DESCRIBE on each topic.</summary>
    public Task<IReadOnlyList<KafkaResult<long>>> ListOffsetsAsync(
        IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken) => EachAsync(
            queries,
            query => AccessNeed.Topic(AclOperation.Describe, query.Partition.Topic),
            allowed => inner.ListOffsetsAsync(allowed, isolation, cancellationToken));

    /// <summary>ListPartitionReassignments: DESCRIBE on the cluster.</summary>
    public Task<KafkaResult<IReadOnlyList<PartitionReassignment>>> ListReassignmentsAsync(
        IReadOnlyList<TopicPartition>? partitions, CancellationToken cancellationToken) =>
        Refusal(AccessNeed.Cluster(AclOperation.Describe)) is { } refused
            ? Task.FromResult<KafkaResult<IReadOnlyList<PartitionReassignment>>>(refused)
            : inner.ListReassignmentsAsync(partitions, cancellationToken);
}
