using Sluice.Kafka.Configs;

namespace Sluice.Kafka.Topics;

/// <summary>A topic to be made.</summary>
/// <param name="Name">Topic name; the cluster checks it.</param>
/// <param name="PartitionCount">Null: the cluster's default.</param>
/// <param name="ReplicationFactor">Null: the cluster's default.</param>
/// <param name="Configs">Topic configs to set; a null value is refused by Kafka.</param>
/// <param name="ReplicaAssignments">Partition to broker ids; when not null both counts must be null.</param>
/// <param name="ValidateOnly">Check everything, make nothing.</param>
public sealed record NewTopic(
    string Name,
    int? PartitionCount = null,
    short? ReplicationFactor = null,
    IReadOnlyList<KeyValuePair<string, string?>>? Configs = null,
    IReadOnlyDictionary<int, IReadOnlyList<int>>? ReplicaAssignments = null,
    bool ValidateOnly = false);

/// <summary>What CreateTopics said was (or would be) made. Null where the cluster did not say.</summary>
/// <param name="PartitionCount">Number of partitions.</param>
/// <param name="ReplicationFactor">Replicas of each.</param>
/// <param name="Configs">Effective configs (KIP-525), without synonyms.</param>
public sealed record CreatedTopic(int? PartitionCount, int? ReplicationFactor, IReadOnlyList<ConfigEntry>? Configs = null);
