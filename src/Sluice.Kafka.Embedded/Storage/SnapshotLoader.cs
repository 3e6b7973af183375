using System.Collections.Immutable;

using Microsoft.Data.Sqlite;

using Sluice.Kafka.Acls;
using Sluice.Kafka.Embedded.Configs;
using Sluice.Kafka.Embedded.Groups;
using Sluice.Kafka.Embedded.Log;
using Sluice.Kafka.Embedded.Topics;
using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Embedded.Storage;

/// <summary>Reads the snapshot back from the store when the cluster is opened.</summary>
internal static class SnapshotLoader
{
    // partitions.next_offset is a lower bound, so that an append need not touch it.
    private const string Partitions = """
        SELECT p.topic_id, p.id, p.number, p.log_start, max(p.next_offset, coalesce(
            (SELECT last_offset + 1 FROM batches WHERE partition_id = p.id ORDER BY base_offset DESC LIMIT 1), 0))
        FROM partitions p ORDER BY p.topic_id, p.number
        """;

    public static ClusterSnapshot Load(SqliteConnection db, string brokerId)
    {
        var configs = db.Query(
            "SELECT resource_type, resource_name, name, value FROM configs",
            row => (Type: row.GetInt32(0), Resource: row.GetString(1), Name: row.GetString(2), Value: row.GetString(3)));
        var brokerConfigs = configs.Where(config => config.Type == ConfigRows.Broker)
            .GroupBy(config => config.Resource, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableSortedDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal));
        var topicConfigs = configs.Where(config => config.Type == ConfigRows.Topic).ToLookup(config => config.Resource, StringComparer.Ordinal);

        var topicRows = db.Query("SELECT id, name FROM topics", row => (Id: row.GetInt64(0), Name: row.GetString(1)));
        var names = topicRows.ToDictionary(topic => topic.Id, topic => topic.Name);
        var logs = db.Query(
                Partitions,
                row => (Topic: row.GetInt64(0), Log: new PartitionLog(
                    row.GetInt64(1), names.GetValueOrDefault(row.GetInt64(0), ""), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4))))
            .ToLookup(row => row.Topic, row => row.Log);

        var topics = topicRows.ToImmutableDictionary(
            topic => topic.Name,
            topic =>
            {
                var own = topicConfigs[topic.Name].ToImmutableSortedDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);
                return new Topic(
                    topic.Id, topic.Name, [.. logs[topic.Id]], own, TopicSettings.From(own, brokerConfigs, brokerId), new KeylessSpreader());
            },
            StringComparer.Ordinal);

        return new(topics, brokerConfigs, LoadGroups(db), LoadAcls(db), topics.Values.Sum(topic => topic.Partitions.Length));
    }

    private static ImmutableDictionary<string, Group> LoadGroups(SqliteConnection db) =>
        db.Query(
                "SELECT group_id, topic, partition, committed, metadata FROM group_offsets",
                row => (Group: row.GetString(0), Offset: new CommittedOffset(
                    new(row.GetString(1), row.GetInt32(2)), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4))))
            .GroupBy(row => row.Group, row => row.Offset, StringComparer.Ordinal)
            .ToImmutableDictionary(
                group => group.Key, group => new Group(group.Key, group.ToImmutableDictionary(offset => offset.Partition)), StringComparer.Ordinal);

    private static ImmutableHashSet<AclBinding> LoadAcls(SqliteConnection db) =>
        [.. db.Query(
            "SELECT resource_type, resource_name, pattern_type, principal, host, operation, permission FROM acls",
            row => new AclBinding(
                (AclResourceType)row.GetInt32(0), row.GetString(1), (AclPatternType)row.GetInt32(2), row.GetString(3), row.GetString(4),
                (AclOperation)row.GetInt32(5), (AclPermission)row.GetInt32(6)))];
}
