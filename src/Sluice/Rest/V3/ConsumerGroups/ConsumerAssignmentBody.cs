using Sluice.Kafka;

namespace Sluice.Rest.V3.ConsumerGroups;

internal sealed record ConsumerAssignmentBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ConsumerGroupId,
    string ConsumerId,
    string TopicName,
    int PartitionId,
    Relationship Partition,
    Relationship Lag)
{
    public static ConsumerAssignmentBody From(string consumer, TopicPartition assigned, ConsumerGroupLinks at)
    {
        var (topic, partition) = (assigned.Topic, assigned.Partition);
        return new ConsumerAssignmentBody(
            "KafkaConsumerAssignment",
            new ResourceMetadata(
                $"{at.Consumer(consumer)}/assignments/{topic}/partitions/{partition}",
                $"{at.ConsumerCrn(consumer)}/assignment={topic}/partition={partition}"),
            at.Links.ClusterId,
            at.Group,
            consumer,
            topic,
            partition,
            new Relationship(at.Links.Partition(topic, partition)),
            new Relationship(at.Lag(topic, partition)));
    }
}
