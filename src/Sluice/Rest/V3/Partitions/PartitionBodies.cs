using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Partitions;

internal sealed record PartitionBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string TopicName,
    int PartitionId,
    Relationship? Leader,
    Relationship Replicas,
    Relationship Reassignment)
{
    public static PartitionBody From(string topic, PartitionDescription partition, Links links)
    {
        var self = links.Partition(topic, partition.Id);
        return new PartitionBody(
            "KafkaPartition",
            new ResourceMetadata(self, links.PartitionCrn(topic, partition.Id)),
            links.ClusterId,
            topic,
            partition.Id,
            partition.Leader is { } leader ? new Relationship($"{self}/replicas/{leader}") : null,
            new Relationship($"{self}/replicas"),
            new Relationship($"{self}/reassignment"));
    }
}

internal sealed record PartitionOffsetsBody(
    string Kind, ResourceMetadata Metadata, string ClusterId, string TopicName, int PartitionId, long EarliestOffset, long LatestOffset)
{
    public const string EarliestAndLatest = "earliest_and_latest";

    public static PartitionOffsetsBody From(string topic, int partition, long earliest, long latest, Links links) => new(
        "KafkaPartitionWithOffsets",
        new ResourceMetadata(
            $"{links.Partition(topic, partition)}/offset", $"{links.PartitionCrn(topic, partition)}/offset_type={EarliestAndLatest}"),
        links.ClusterId,
        topic,
        partition,
        earliest,
        latest);
}
