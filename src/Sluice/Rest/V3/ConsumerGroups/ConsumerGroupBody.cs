using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ConsumerGroups;

internal sealed record ConsumerGroupBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ConsumerGroupId,
    bool IsSimple,
    string PartitionAssignor,
    string State,
    string Type,
    bool IsMixedConsumerGroup,
    Relationship? Coordinator,
    Relationship Consumers,
    Relationship LagSummary)
{
    public static ConsumerGroupBody From(GroupDescription group, Links links)
    {
        var at = new ConsumerGroupLinks(links, group.GroupId);
        return new ConsumerGroupBody(
            "KafkaConsumerGroup",
            new ResourceMetadata(at.Self, at.Crn),
            links.ClusterId,
            group.GroupId,
            group.IsSimple,
            group.PartitionAssignor,
            GroupWords.State(group.State),
            GroupWords.Type(group.Type),
            group.Type == GroupType.Consumer && group.Members.Any(m => m.IsClassic is not false),
            group.CoordinatorId is { } broker ? new Relationship(links.Broker(broker)) : null,
            new Relationship($"{at.Self}/consumers"),
            new Relationship($"{at.Self}/lag-summary"));
    }
}
