using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Reassignments;

internal sealed record ReassignmentBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string TopicName,
    int PartitionId,
    IReadOnlyList<int> AddingReplicas,
    IReadOnlyList<int> RemovingReplicas,
    Relationship Replicas)
{
    public static ReassignmentBody From(PartitionReassignment reassignment, Links links)
    {
        var (topic, partition) = (reassignment.Partition.Topic, reassignment.Partition.Partition);
        var self = links.Partition(topic, partition);
        return new ReassignmentBody(
            "KafkaReassignment",
            new ResourceMetadata($"{self}/reassignment", $"{links.PartitionCrn(topic, partition)}/reassignment"),
            links.ClusterId,
            topic,
            partition,
            reassignment.AddingReplicas,
            reassignment.RemovingReplicas,
            new Relationship($"{self}/replicas"));
    }
}
