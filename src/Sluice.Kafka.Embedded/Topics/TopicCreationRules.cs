using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Embedded.Topics;

/// <summary>What Kafka's controller checks before it makes a topic (<c>ReplicationControlManager</c>), with its words.</summary>
internal static class TopicCreationRules
{
    public static KafkaError? Check(NewTopic wanted, ClusterSnapshot now, EmbeddedClusterOptions options)
    {
        if (TopicName.Check(wanted.Name) is { } badName)
        {
            return badName;
        }

        if (now.Topics.ContainsKey(wanted.Name))
        {
            return new KafkaError(KafkaErrorCode.TopicAlreadyExists, $"Topic '{wanted.Name}' already exists.");
        }

        return Collision(wanted.Name, now) ?? Counts(wanted, options) ?? PartitionLimit(PartitionCount(wanted, options), now, options);
    }

    /// <summary>How many partitions the topic gets.</summary>
    public static int PartitionCount(NewTopic wanted, EmbeddedClusterOptions options) =>
        wanted.ReplicaAssignments?.Count ?? (wanted.PartitionCount is null or -1 ? options.DefaultPartitions : wanted.PartitionCount.Value);

    /// <summary>Refuses what would go beyond <see cref="EmbeddedClusterOptions.MaxPartitions"/>.</summary>
    public static KafkaError? PartitionLimit(int more, ClusterSnapshot now, EmbeddedClusterOptions options) =>
        (long)now.PartitionCount + more > options.MaxPartitions
            ? new KafkaError(
                KafkaErrorCode.PolicyViolation,
                $"Adding the requested number of partitions will exceed {options.MaxPartitions} total partitions. "
                + $"Currently, there are {now.PartitionCount} total topic partitions.")
            : null;

    private static KafkaError? Collision(string name, ClusterSnapshot now)
    {
        // Only names with one of the two characters can collide.
        if (!name.Contains('.') && !name.Contains('_'))
        {
            return null;
        }

        var other = now.Topics.Keys.FirstOrDefault(existing => TopicName.Collide(existing, name));
        return other is null
            ? null
            : new KafkaError(KafkaErrorCode.InvalidTopic, $"Topic '{name}' collides with existing topic: {other}");
    }

    private static KafkaError? Counts(NewTopic wanted, EmbeddedClusterOptions options)
    {
        if (wanted.ReplicaAssignments is { } assignments)
        {
            return wanted.PartitionCount is not (null or -1)
                ? new KafkaError(
                    KafkaErrorCode.InvalidRequest,
                    "A manual partition assignment was specified, but numPartitions was not set to -1.")
                : wanted.ReplicationFactor is not (null or -1)
                    ? new KafkaError(
                        KafkaErrorCode.InvalidRequest,
                        "A manual partition assignment was specified, but replication factor was not set to -1.")
                    : Assignments(assignments, options.BrokerId);
        }

        if (wanted.PartitionCount is 0 or < -1)
        {
            return new KafkaError(KafkaErrorCode.InvalidPartitions, "Number of partitions was set to an invalid non-positive value.");
        }

        return wanted.ReplicationFactor switch
        {
            null or -1 or 1 => null,
            <= 0 => new KafkaError(
                KafkaErrorCode.InvalidReplicationFactor, "Replication factor must be larger than 0, or -1 to use the default value."),
            var factor => new KafkaError(
                KafkaErrorCode.InvalidReplicationFactor,
                $"Unable to replicate the partition {factor} time(s): The target replication factor of {factor} cannot be reached "
                + "because only 1 broker(s) are registered or some brokers have all their log directories cordoned."),
        };
    }

    private static KafkaError? Assignments(IReadOnlyDictionary<int, IReadOnlyList<int>> assignments, int broker)
    {
        foreach (var (partition, replicas) in assignments.OrderBy(assignment => assignment.Key))
        {
            var problem =
                replicas.Count == 0 ? "The manual partition assignment includes an empty replica list."
                : replicas.Distinct().Count() != replicas.Count ? $"The manual partition assignment includes the broker {replicas[0]} more than once."
                : replicas.FirstOrDefault(id => id != broker, broker) is var unknown && unknown != broker
                    ? $"The manual partition assignment includes broker {unknown}, but no such broker is registered."
                : partition < 0 || partition >= assignments.Count ? "partitions should be a consecutive 0-based integer sequence"
                : null;
            if (problem is not null)
            {
                return new KafkaError(KafkaErrorCode.InvalidReplicaAssignment, problem);
            }
        }

        return assignments.Count == 0
            ? new KafkaError(KafkaErrorCode.InvalidPartitions, "Number of partitions was set to an invalid non-positive value.")
            : null;
    }
}
