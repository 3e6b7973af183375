namespace Sluice.Kafka.Groups;

/// <summary>A streams group (KIP-1071): members run tasks of a topology.</summary>
public sealed record StreamsGroupDescription(
    string GroupId,
    GroupState State,
    int? CoordinatorId,
    int GroupEpoch,
    int TopologyEpoch,
    int TargetAssignmentEpoch,
    IReadOnlyList<StreamsSubtopology> Subtopologies,
    IReadOnlyList<StreamsMember> Members);

public sealed record StreamsSubtopology(string Id, IReadOnlyList<string> SourceTopics);

public sealed record StreamsMember(
    string MemberId,
    string? InstanceId,
    string ClientId,
    string Host,
    string ProcessId,
    int MemberEpoch,
    int TopologyEpoch,
    bool IsClassic,
    StreamsAssignment Assignment,
    StreamsAssignment TargetAssignment);

/// <summary>Tasks by kind.</summary>
public sealed record StreamsAssignment(
    IReadOnlyList<StreamsTasks> Active, IReadOnlyList<StreamsTasks> Standby, IReadOnlyList<StreamsTasks> Warmup);

/// <summary>The tasks of one subtopology: one for each partition.</summary>
public sealed record StreamsTasks(string SubtopologyId, IReadOnlyList<int> Partitions);
