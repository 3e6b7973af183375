using System.Collections.Immutable;

using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Embedded.Groups;

/// <summary>Groups that commit offsets: <see cref="IGroups"/>. Nobody can join one here, so every group is simple and empty.</summary>
internal sealed class GroupAdministration(Writer writer, EmbeddedClusterOptions options, TimeProvider time)
{
    // offset.metadata.max.bytes
    private const int MaxMetadataBytes = 4096;

    private static readonly KafkaError InvalidGroupId = new(KafkaErrorCode.InvalidGroupId, "The configured groupId is invalid.");

    public IReadOnlyList<GroupListing> List(IReadOnlyList<GroupType> types) =>
        types.Contains(GroupType.Classic)
            ? [.. writer.Current.Groups.Keys.Order(StringComparer.Ordinal)
                .Select(id => new GroupListing(id, IsSimple: true, GroupType.Classic, GroupState.Empty))]
            : [];

    public KafkaResult<GroupDescription> Describe(string group) =>
        writer.Current.Groups.ContainsKey(group)
            ? new GroupDescription(group, IsSimple: true, "", GroupState.Empty, GroupType.Classic, options.BrokerId, [])
            : NotFound(group);

    public IReadOnlyList<CommittedOffset> Offsets(string group) =>
        writer.Current.Groups.TryGetValue(group, out var known)
            ? [.. known.Offsets.Values
                .OrderBy(offset => offset.Partition.Topic, StringComparer.Ordinal)
                .ThenBy(offset => offset.Partition.Partition)]
            : [];

    public Task<KafkaResult<Done>> CommitAsync(
        string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken) =>
        writer.RunAsync(context => Commit(context, group, offsets), validateOnly: false, cancellationToken);

    public Task<KafkaResult<Done>> DeleteAsync(string group, CancellationToken cancellationToken) =>
        writer.RunAsync(context => Delete(context, group), validateOnly: false, cancellationToken);

    /// <summary>For a kind of group that this cluster has none of.</summary>
    public static KafkaError NotFound(string group) => new(KafkaErrorCode.GroupIdNotFound, $"Group {group} not found.");

    private KafkaResult<Done> Commit(WriteContext context, string group, IReadOnlyList<CommittedOffset> offsets)
    {
        if (group.Length == 0)
        {
            return InvalidGroupId;
        }

        foreach (var offset in offsets)
        {
            if (Check(context, offset) is { } problem)
            {
                return problem;
            }
        }

        if (offsets.Count == 0)
        {
            return default(Done);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var offset in offsets)
        {
            GroupRows.Set(context, group, offset, now);
        }

        var before = context.Draft.Groups.GetValueOrDefault(group)?.Offsets ?? ImmutableDictionary<TopicPartition, CommittedOffset>.Empty;
        var after = before.SetItems(offsets.Select(offset => KeyValuePair.Create(offset.Partition, offset)));
        context.Draft = context.Draft with { Groups = context.Draft.Groups.SetItem(group, new(group, after)) };
        return default(Done);
    }

    private static KafkaError? Check(WriteContext context, CommittedOffset offset)
    {
        var (topic, partition) = (offset.Partition.Topic, offset.Partition.Partition);
        if (!context.Draft.Topics.TryGetValue(topic, out var known) || !known.TryGetPartition(partition, out _))
        {
            return KafkaError.UnknownTopic;
        }

        if (offset.Offset < 0)
        {
            return new KafkaError(KafkaErrorCode.InvalidRequest, $"Invalid offset {offset.Offset} for partition {topic}-{partition}: it must not be negative.");
        }

        return System.Text.Encoding.UTF8.GetByteCount(offset.Metadata ?? "") > MaxMetadataBytes
            ? new KafkaError(KafkaErrorCode.InvalidRequest, $"The metadata field of the offset request was too large: at most {MaxMetadataBytes} bytes are kept.")
            : null;
    }

    private static KafkaResult<Done> Delete(WriteContext context, string group)
    {
        if (group.Length == 0)
        {
            return InvalidGroupId;
        }

        if (!context.Draft.Groups.ContainsKey(group))
        {
            return NotFound(group);
        }

        GroupRows.DeleteGroup(context, group);
        context.Draft = context.Draft with { Groups = context.Draft.Groups.Remove(group) };
        return default(Done);
    }
}
