using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.Groups;

/// <summary>The kinds of groups that Kafka has.</summary>
internal static class GroupKinds
{
    /// <summary>Of the old protocol and of the new one.</summary>
    public static GroupKind<GroupDescription, GroupMember> Consumer { get; } = new(
        "consumer group",
        "Consumer",
        [GroupType.Classic, GroupType.Consumer],
        static (cluster, groups, cancellationToken) => cluster.DescribeGroupsAsync(groups, cancellationToken),
        static group => group.Members,
        static member => member.MemberId);

    /// <summary>KIP-932.</summary>
    public static GroupKind<ShareGroupDescription, GroupMember> Share { get; } = new(
        "share group",
        "Consumer",
        [GroupType.Share],
        static (cluster, groups, cancellationToken) => EachAsync(groups, group => cluster.DescribeShareGroupAsync(group, cancellationToken)),
        static group => group.Members,
        static member => member.MemberId);

    /// <summary>KIP-1071.</summary>
    public static GroupKind<StreamsGroupDescription, StreamsMember> Streams { get; } = new(
        "streams group",
        "Member",
        [GroupType.Streams],
        static (cluster, groups, cancellationToken) => EachAsync(groups, group => cluster.DescribeStreamsGroupAsync(group, cancellationToken)),
        static group => group.Members,
        static member => member.MemberId);

    private static async Task<IReadOnlyList<KafkaResult<T>>> EachAsync<T>(IReadOnlyList<string> groups, Func<string, Task<KafkaResult<T>>> describe) =>
        await Task.WhenAll(groups.Select(describe));
}
