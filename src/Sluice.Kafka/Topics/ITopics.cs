namespace Sluice.Kafka.Topics;

public interface ITopics
{
    /// <summary>Metadata for all topics that the caller may describe, internal ones included, by name.</summary>
    Task<KafkaResult<IReadOnlyList<TopicDescription>>> ListTopicsAsync(
        bool includeAuthorizedOperations, CancellationToken cancellationToken);

    /// <summary>One topic. Unknown: <see cref="KafkaErrorCode.UnknownTopicOrPartition"/>.</summary>
    Task<KafkaResult<TopicDescription>> DescribeTopicAsync(
        string topic, bool includeAuthorizedOperations, CancellationToken cancellationToken);

    /// <summary>
    /// CreateTopics. <see cref="KafkaErrorCode.TopicAlreadyExists"/>, <see cref="KafkaErrorCode.InvalidTopic"/>,
    /// <see cref="KafkaErrorCode.InvalidPartitions"/>, <see cref="KafkaErrorCode.InvalidReplicationFactor"/>,
    /// <see cref="KafkaErrorCode.InvalidReplicaAssignment"/>, <see cref="KafkaErrorCode.InvalidConfig"/>.
    /// </summary>
    Task<KafkaResult<CreatedTopic>> CreateTopicAsync(NewTopic topic, CancellationToken cancellationToken);

    /// <summary>DeleteTopics.</summary>
    Task<KafkaResult<Done>> DeleteTopicAsync(string topic, CancellationToken cancellationToken);

    /// <summary>CreatePartitions: raises the count to <paramref name="totalCount"/>. Not an increase: <see cref="KafkaErrorCode.InvalidPartitions"/>.</summary>
    Task<KafkaResult<Done>> CreatePartitionsAsync(
        string topic, int totalCount, bool validateOnly, CancellationToken cancellationToken);
}
