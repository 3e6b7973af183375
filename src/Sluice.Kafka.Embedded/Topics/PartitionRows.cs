using System.Collections.Immutable;

using Sluice.Kafka.Embedded.Log;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Topics;

/// <summary>The partitions table.</summary>
internal static class PartitionRows
{
    public static ImmutableArray<PartitionLog> Add(WriteContext context, long topicId, string topic, int first, int end)
    {
        var logs = ImmutableArray.CreateBuilder<PartitionLog>(end - first);
        using var insert = context.Db.Prepare("INSERT INTO partitions (topic_id, number) VALUES ($1, $2) RETURNING id", topicId, 0);
        for (var number = first; number < end; number++)
        {
            insert.Parameters[1].Value = number;
            logs.Add(new((long)insert.ExecuteScalar()!, topic, number, 0, 0));
        }

        return logs.MoveToImmutable();
    }

    public static void DeleteAll(WriteContext context, Topic topic)
    {
        foreach (var partition in topic.Partitions)
        {
            context.Db.Execute(
                "DELETE FROM batch_data WHERE id IN (SELECT data_id FROM batches WHERE partition_id = $1)", partition.Id);
            context.Db.Execute("DELETE FROM batches WHERE partition_id = $1", partition.Id);
        }

        context.Db.Execute("DELETE FROM partitions WHERE topic_id = $1", topic.Id);
    }
}
