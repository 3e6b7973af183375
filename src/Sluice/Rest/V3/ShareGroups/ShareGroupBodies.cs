using Sluice.Kafka;
using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ShareGroups;

internal sealed record ShareGroupBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ShareGroupId,
    string State,
    Relationship? Coordinator,
    Relationship Consumers,
    int ConsumerCount,
    int PartitionCount,
    IReadOnlyList<ShareGroupPartitionBody> AssignedTopicPartitions)
{
    public static ShareGroupBody From(ShareGroupDescription group, Links links)
    {
        var at = new ShareGroupLinks(links, group.GroupId);

        // One partition may be shared by several members: it counts once.
        TopicPartition[] assigned = [.. GroupWords.InOrder(group.Members.SelectMany(m => m.Assignment).Distinct())];
        return new ShareGroupBody(
            "KafkaShareGroup",
            new ResourceMetadata(at.Self, at.Crn),
            links.ClusterId,
            group.GroupId,
            GroupWords.State(group.State),
            group.CoordinatorId is { } broker ? new Relationship(links.Broker(broker)) : null,
            new Relationship($"{at.Self}/consumers"),
            group.Members.Count,
            assigned.Length,
            [.. assigned.Select(p => ShareGroupPartitionBody.From(p, at))]);
    }
}

internal sealed record ShareGroupPartitionBody(string Kind, ResourceMetadata Metadata, string TopicName, int PartitionId, Relationship Partition)
{
    public static ShareGroupPartitionBody From(TopicPartition assigned, ShareGroupLinks at)
    {
        var (topic, partition) = (assigned.Topic, assigned.Partition);
        return new ShareGroupPartitionBody(
            "KafkaShareGroupTopicPartition",
            new ResourceMetadata($"{at.Self}/assigned-topic-partitions/{topic}/{partition}", $"{at.Crn}/topic-partition={topic}:{partition}"),
            topic,
            partition,
            new Relationship(at.Links.Partition(topic, partition)));
    }
}

internal sealed record ShareConsumerBody(
    string Kind, ResourceMetadata Metadata, string ClusterId, string GroupId, string ConsumerId, string ClientId, Relationship Assignments)
{
    public static ShareConsumerBody From(GroupMember member, ShareGroupLinks at)
    {
        var self = at.Consumer(member.MemberId);
        return new ShareConsumerBody(
            "KafkaShareGroupConsumer",
            new ResourceMetadata(self, at.ConsumerCrn(member.MemberId)),
            at.Links.ClusterId,
            at.Group,
            member.MemberId,
            member.ClientId,
            new Relationship($"{self}/assignments"));
    }
}

internal sealed record ShareAssignmentBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string GroupId,
    string ConsumerId,
    string TopicName,
    int PartitionId,
    Relationship Partition)
{
    public static ShareAssignmentBody From(string consumer, TopicPartition assigned, ShareGroupLinks at)
    {
        var (topic, partition) = (assigned.Topic, assigned.Partition);
        return new ShareAssignmentBody(
            "KafkaShareGroupConsumerAssignment",
            new ResourceMetadata(
                $"{at.Consumer(consumer)}/assignments/{topic}/partitions/{partition}",
                $"{at.ConsumerCrn(consumer)}/assignment={topic}/partition={partition}"),
            at.Links.ClusterId,
            at.Group,
            consumer,
            topic,
            partition,
            new Relationship(at.Links.Partition(topic, partition)));
    }
}
