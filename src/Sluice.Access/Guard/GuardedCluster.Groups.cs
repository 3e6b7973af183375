using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Groups;

namespace Sluice.Access.Guard;

public sealed partial class GuardedCluster
{
    /// <summary>ListGroups: all of them with DESCRIBE on the cluster, otherwise those that the caller may describe.</summary>
    public async Task<KafkaResult<IReadOnlyList<GroupListing>>> ListGroupsAsync(IReadOnlyList<GroupType> types, CancellationToken cancellationToken)
    {
        var listed = await inner.ListGroupsAsync(types, cancellationToken);
        return !listed.TryGet(out var groups, out var error) ? error
            : May(AccessNeed.Cluster(AclOperation.Describe)) ? listed
            : groups.Where(group => May(AccessNeed.Group(AclOperation.Describe, group.GroupId))).ToArray();
    }

    /// <summary>DescribeGroups, ConsumerGroupDescribe: DESCRIBE on the group. Of what its members read, the topics that the caller may describe.</summary>
    public async Task<IReadOnlyList<KafkaResult<GroupDescription>>> DescribeGroupsAsync(IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        var described = await EachAsync(
            groups,
            group => AccessNeed.Group(AclOperation.Describe, group),
            allowed => inner.DescribeGroupsAsync(allowed, cancellationToken));
        return [.. described.Select(result => result.TryGet(out var group, out _) ? group with { Members = Seen(group.Members) } : result)];
    }

    /// <summary>OffsetFetch: DESCRIBE on the group; offsets of topics that the caller may not describe are left out.</summary>
    public async Task<KafkaResult<IReadOnlyList<CommittedOffset>>> ListGroupOffsetsAsync(string group, CancellationToken cancellationToken)
    {
        if (Refusal(AccessNeed.Group(AclOperation.Describe, group)) is { } refused)
        {
            return refused;
        }

        var listed = await inner.ListGroupOffsetsAsync(group, cancellationToken);
        return listed.TryGet(out var offsets, out var error) ? offsets.Where(offset => MayDescribe(offset.Partition.Topic)).ToArray() : error;
    }

    /// <summary>OffsetCommit: READ on the group and on each topic.</summary>
    public Task<KafkaResult<Done>> CommitGroupOffsetsAsync(string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        var refusal = offsets.Select(offset => offset.Partition.Topic).Distinct(StringComparer.Ordinal)
            .Aggregate(Refusal(AccessNeed.Group(AclOperation.Read, group)), (refused, topic) => refused ?? Refusal(AccessNeed.Topic(AclOperation.Read, topic)));
        return refusal is { } first ? Task.FromResult<KafkaResult<Done>>(first) : inner.CommitGroupOffsetsAsync(group, offsets, cancellationToken);
    }

    /// <summary>DeleteGroups: DELETE on the group.</summary>
    public Task<KafkaResult<Done>> DeleteGroupAsync(string group, CancellationToken cancellationToken) =>
        Refusal(AccessNeed.Group(AclOperation.Delete, group)) is { } refused
            ? Task.FromResult<KafkaResult<Done>>(refused)
            : inner.DeleteGroupAsync(group, cancellationToken);

    /// <summary>ShareGroupDescribe: DESCRIBE on the group. Of what its members read, the topics that the caller may describe.</summary>
    public async Task<KafkaResult<ShareGroupDescription>> DescribeShareGroupAsync(string group, CancellationToken cancellationToken)
    {
        if (Refusal(AccessNeed.Group(AclOperation.Describe, group)) is { } refused)
        {
            return refused;
        }

        var described = await inner.DescribeShareGroupAsync(group, cancellationToken);
        return described.TryGet(out var found, out _) ? found with { Members = Seen(found.Members) } : described;
    }

    /// <summary>StreamsGroupDescribe: DESCRIBE on the group. Of what it reads, the topics that the caller may describe.</summary>
    public async Task<KafkaResult<StreamsGroupDescription>> DescribeStreamsGroupAsync(string group, CancellationToken cancellationToken)
    {
        if (Refusal(AccessNeed.Group(AclOperation.Describe, group)) is { } refused)
        {
            return refused;
        }

        var described = await inner.DescribeStreamsGroupAsync(group, cancellationToken);
        return described.TryGet(out var found, out _)
            ? found with
            {
                Subtopologies = [.. found.Subtopologies.Select(part => part with { SourceTopics = [.. part.SourceTopics.Where(MayDescribe)] })],
            }
            : described;
    }

    private GroupMember[] Seen(IReadOnlyList<GroupMember> members) =>
        [.. members.Select(member => member with { Assignment = [.. member.Assignment.Where(partition => MayDescribe(partition.Topic))] })];

    private bool MayDescribe(string topic) => May(AccessNeed.Topic(AclOperation.Describe, topic));
}
