using Sluice.Kafka.Acls;

namespace Sluice.Kafka.Topics;

/// <param name="Name">Topic name.</param>
/// <param name="IsInternal">One of Kafka's own, such as <c>__consumer_offsets</c>.</param>
/// <param name="Partitions">By id, without gaps.</param>
/// <param name="AuthorizedOperations">What the caller may do; null when it was not asked for.</param>
public sealed record TopicDescription(
    string Name,
    bool IsInternal,
    IReadOnlyList<PartitionDescription> Partitions,
    IReadOnlyList<AclOperation>? AuthorizedOperations);

/// <param name="Id">Partition number, from 0.</param>
/// <param name="Leader">Broker id; null while there is none.</param>
/// <param name="Replicas">Broker ids, preferred leader first.</param>
/// <param name="InSyncReplicas">Broker ids of those in sync.</param>
public sealed record PartitionDescription(int Id, int? Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSyncReplicas);
