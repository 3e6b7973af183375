using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.StreamsGroups;

internal sealed record StreamsGroupBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string GroupId,
    int GroupEpoch,
    int TargetAssignmentEpoch,
    int TopologyEpoch,
    string State,
    int MemberCount,
    int SubtopologyCount,
    Relationship Members,
    Relationship Subtopologies)
{
    public static StreamsGroupBody From(StreamsGroupDescription group, Links links)
    {
        var at = new StreamsGroupLinks(links, group.GroupId);
        return new StreamsGroupBody(
            "KafkaStreamsGroup",
            new ResourceMetadata(at.Self, at.Crn),
            links.ClusterId,
            group.GroupId,
            group.GroupEpoch,
            group.TargetAssignmentEpoch,
            group.TopologyEpoch,
            GroupWords.State(group.State),
            group.Members.Count,
            group.Subtopologies.Count,
            new Relationship($"{at.Self}/members"),
            new Relationship($"{at.Self}/subtopologies"));
    }
}

internal sealed record SubtopologyBody(
    string Kind, ResourceMetadata Metadata, string ClusterId, string GroupId, string SubtopologyId, IReadOnlyList<string> SourceTopics)
{
    public static SubtopologyBody From(StreamsSubtopology subtopology, StreamsGroupLinks at) => new(
        "KafkaStreamsGroupSubtopology",
        new ResourceMetadata($"{at.Self}/subtopologies/{subtopology.Id}", $"{at.Crn}/subtopology={subtopology.Id}"),
        at.Links.ClusterId,
        at.Group,
        subtopology.Id,
        subtopology.SourceTopics);
}

/// <summary><c>instance_id</c> is required and not nullable in the Cloud's contract: empty without static membership.</summary>
internal sealed record StreamsMemberBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string GroupId,
    string MemberId,
    string ProcessId,
    string ClientId,
    string InstanceId,
    int MemberEpoch,
    int TopologyEpoch,
    bool IsClassic,
    Relationship Assignments,
    Relationship TargetAssignment)
{
    public static StreamsMemberBody From(StreamsMember member, StreamsGroupLinks at)
    {
        var self = at.Member(member.MemberId);
        return new StreamsMemberBody(
            "KafkaStreamsGroupMember",
            new ResourceMetadata(self, at.MemberCrn(member.MemberId)),
            at.Links.ClusterId,
            at.Group,
            member.MemberId,
            member.ProcessId,
            member.ClientId,
            member.InstanceId ?? "",
            member.MemberEpoch,
            member.TopologyEpoch,
            member.IsClassic,
            new Relationship($"{self}/assignments"),
            new Relationship($"{self}/target-assignments"));
    }
}
