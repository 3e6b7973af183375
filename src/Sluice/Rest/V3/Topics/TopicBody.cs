using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Topics;

internal sealed record TopicBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string TopicName,
    bool IsInternal,
    int ReplicationFactor,
    int PartitionsCount,
    Relationship Partitions,
    Relationship Configs,
    Relationship PartitionReassignments,
    IReadOnlyList<string> AuthorizedOperations)
{
    public static TopicBody From(TopicDescription topic, Links links) => Create(
        topic.Name,
        topic.IsInternal,
        topic.Partitions.Count == 0 ? 0 : topic.Partitions[0].Replicas.Count,
        topic.Partitions.Count,
        [.. (topic.AuthorizedOperations ?? []).Select(AclNames.Operation)],
        links);

    /// <summary>What a create answers: the counts that the cluster reported, else those asked for, else 0.</summary>
    public static TopicBody From(NewTopic asked, CreatedTopic made, Links links) => Create(
        asked.Name,
        isInternal: false,
        made.ReplicationFactor ?? asked.ReplicationFactor ?? asked.ReplicaAssignments?.Values.FirstOrDefault()?.Count ?? 0,
        made.PartitionCount ?? asked.PartitionCount ?? asked.ReplicaAssignments?.Count ?? 0,
        [],
        links);

    private static TopicBody Create(
        string name, bool isInternal, int replicationFactor, int partitions, IReadOnlyList<string> operations, Links links)
    {
        var self = links.Topic(name);
        return new TopicBody(
            "KafkaTopic",
            new ResourceMetadata(self, links.TopicCrn(name)),
            links.ClusterId,
            name,
            isInternal,
            replicationFactor,
            partitions,
            new Relationship($"{self}/partitions"),
            new Relationship($"{self}/configs"),
            new Relationship(links.Reassignments(name)),
            operations);
    }
}
