namespace Sluice.Kafka.Groups;

/// <summary>A share group (KIP-932): several members may read one partition.</summary>
public sealed record ShareGroupDescription(
    string GroupId, GroupState State, int? CoordinatorId, int GroupEpoch, int AssignmentEpoch, string AssignorName, IReadOnlyList<GroupMember> Members);
