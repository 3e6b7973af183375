using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.ConsumerGroups;

internal sealed record ConsumerBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ConsumerGroupId,
    string ConsumerId,
    string? InstanceId,
    string ClientId,
    Relationship Assignments)
{
    public static ConsumerBody From(GroupMember member, ConsumerGroupLinks at)
    {
        var self = at.Consumer(member.MemberId);
        return new ConsumerBody(
            "KafkaConsumer",
            new ResourceMetadata(self, at.ConsumerCrn(member.MemberId)),
            at.Links.ClusterId,
            at.Group,
            member.MemberId,
            member.InstanceId,
            member.ClientId,
            new Relationship($"{self}/assignments"));
    }
}
