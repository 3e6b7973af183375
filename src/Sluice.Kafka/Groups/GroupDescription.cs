namespace Sluice.Kafka.Groups;

public enum GroupType
{
    Unknown,
    Classic,
    Consumer,
    Share,
    Streams,
}

public enum GroupState
{
    Unknown,
    PreparingRebalance,
    CompletingRebalance,
    Assigning,
    Reconciling,
    Stable,
    Dead,
    Empty,
    NotReady,
}

/// <param name="GroupId">Group id.</param>
/// <param name="IsSimple">Only commits offsets, has no group protocol.</param>
/// <param name="Type">Which protocol it speaks.</param>
/// <param name="State">As the coordinator says.</param>
public sealed record GroupListing(string GroupId, bool IsSimple, GroupType Type, GroupState State);

/// <param name="GroupId">Group id.</param>
/// <param name="IsSimple">Only commits offsets, has no group protocol.</param>
/// <param name="PartitionAssignor">Name of the assignor; may be empty.</param>
/// <param name="State">As the coordinator says.</param>
/// <param name="Type">Which protocol it speaks.</param>
/// <param name="CoordinatorId">Broker id of the coordinator; null when unknown.</param>
/// <param name="Members">Live members.</param>
public sealed record GroupDescription(
    string GroupId,
    bool IsSimple,
    string PartitionAssignor,
    GroupState State,
    GroupType Type,
    int? CoordinatorId,
    IReadOnlyList<GroupMember> Members);

/// <param name="MemberId">Given by the coordinator.</param>
/// <param name="InstanceId">Static membership (KIP-345); otherwise null.</param>
/// <param name="ClientId">As the client names itself.</param>
/// <param name="Host">Address it connects from.</param>
/// <param name="Assignment">Partitions it owns.</param>
/// <param name="IsClassic">For members of a <see cref="GroupType.Consumer"/> group: speaks the old protocol. Null when unknown.</param>
public sealed record GroupMember(
    string MemberId, string? InstanceId, string ClientId, string Host, IReadOnlyList<TopicPartition> Assignment, bool? IsClassic = null);

/// <summary>A committed position: the next offset the group will read.</summary>
public sealed record CommittedOffset(TopicPartition Partition, long Offset, string? Metadata = null);
