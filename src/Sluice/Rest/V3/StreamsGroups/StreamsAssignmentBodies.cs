using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.StreamsGroups;

/// <summary>What a member has, or is to have: links to its tasks by kind.</summary>
internal sealed record StreamsAssignmentsBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string GroupId,
    string MemberId,
    Relationship ActiveTasks,
    Relationship StandbyTasks,
    Relationship WarmupTasks)
{
    public static StreamsAssignmentsBody From(string member, string which, StreamsGroupLinks at)
    {
        var self = $"{at.Member(member)}/{which}";
        return new StreamsAssignmentsBody(
            "KafkaStreamsGroupMemberAssignments",
            new ResourceMetadata(self, $"{at.MemberCrn(member)}/{which}"),
            at.Links.ClusterId,
            at.Group,
            member,
            new Relationship($"{self}/active"),
            new Relationship($"{self}/standby"),
            new Relationship($"{self}/warmup"));
    }
}

/// <summary>The tasks of one subtopology.</summary>
internal sealed record StreamsTaskBody(string Kind, ResourceMetadata Metadata, string SubtopologyId, IReadOnlyList<int> PartitionIds)
{
    /// <param name="tasks">Which.</param>
    /// <param name="self">URL of the list they are in.</param>
    /// <param name="crn">Resource name of that list.</param>
    public static StreamsTaskBody From(StreamsTasks tasks, string self, string crn) => new(
        "GetStreamsTaskResponse",
        new ResourceMetadata($"{self}/subtopologies/{tasks.SubtopologyId}", $"{crn}/subtopology={tasks.SubtopologyId}"),
        tasks.SubtopologyId,
        tasks.Partitions);
}
