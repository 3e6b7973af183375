using System.Collections.Immutable;

using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Embedded.Groups;

/// <summary>The group_offsets table. A group is there as long as it has an offset.</summary>
internal static class GroupRows
{
    public static void Set(WriteContext context, string group, CommittedOffset offset, long now) => context.Db.Execute(
        """
        INSERT INTO group_offsets (group_id, topic, partition, committed, metadata, committed_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (group_id, topic, partition)
        DO UPDATE SET committed = excluded.committed, metadata = excluded.metadata, committed_at = excluded.committed_at
        """,
        group, offset.Partition.Topic, offset.Partition.Partition, offset.Offset, offset.Metadata, now);

    public static void DeleteGroup(WriteContext context, string group) =>
        context.Db.Execute("DELETE FROM group_offsets WHERE group_id = $1", group);

    /// <summary>Removes what groups have committed for a topic that is being deleted.</summary>
    public static ImmutableDictionary<string, Group> ForgetTopic(WriteContext context, ImmutableDictionary<string, Group> groups, string topic)
    {
        context.Db.Execute("DELETE FROM group_offsets WHERE topic = $1", topic);
        foreach (var group in groups.Values)
        {
            var left = group.Offsets.RemoveRange(group.Offsets.Keys.Where(partition => partition.Topic == topic));
            if (left.Count != group.Offsets.Count)
            {
                groups = left.IsEmpty ? groups.Remove(group.Id) : groups.SetItem(group.Id, group with { Offsets = left });
            }
        }

        return groups;
    }
}
