namespace Sluice.Kafka.Groups;

public interface IGroups
{
    /// <summary>ListGroups: every group of one of the given types that the caller may describe.</summary>
    Task<KafkaResult<IReadOnlyList<GroupListing>>> ListGroupsAsync(
        IReadOnlyList<GroupType> types, CancellationToken cancellationToken);

    /// <summary>
    /// DescribeGroups / ConsumerGroupDescribe: one result for each id, in order. Unknown group: <see cref="KafkaErrorCode.GroupIdNotFound"/>.
    /// </summary>
    Task<IReadOnlyList<KafkaResult<GroupDescription>>> DescribeGroupsAsync(
        IReadOnlyList<string> groups, CancellationToken cancellationToken);

    /// <summary>OffsetFetch for all partitions with a committed offset, by topic then partition. Unknown group: an empty list.</summary>
    Task<KafkaResult<IReadOnlyList<CommittedOffset>>> ListGroupOffsetsAsync(string group, CancellationToken cancellationToken);

    /// <summary>
    /// OffsetCommit for a group without live members; makes the group when it is new.
    /// A group with members: <see cref="KafkaErrorCode.UnknownMemberId"/>.
    /// </summary>
    Task<KafkaResult<Done>> CommitGroupOffsetsAsync(
        string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken);

    /// <summary>DeleteGroups. With live members: <see cref="KafkaErrorCode.NonEmptyGroup"/>.</summary>
    Task<KafkaResult<Done>> DeleteGroupAsync(string group, CancellationToken cancellationToken);

    /// <summary>ShareGroupDescribe (KIP-932). Unknown: <see cref="KafkaErrorCode.GroupIdNotFound"/>.</summary>
    Task<KafkaResult<ShareGroupDescription>> DescribeShareGroupAsync(string group, CancellationToken cancellationToken);

    /// <summary>StreamsGroupDescribe (KIP-1071). Unknown: <see cref="KafkaErrorCode.GroupIdNotFound"/>.</summary>
    Task<KafkaResult<StreamsGroupDescription>> DescribeStreamsGroupAsync(string group, CancellationToken cancellationToken);
}
