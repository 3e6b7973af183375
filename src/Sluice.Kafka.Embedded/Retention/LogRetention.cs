using Sluice.Kafka.Embedded.Configs;
using Sluice.Kafka.Embedded.Log;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Retention;

/// <summary>
/// <c>retention.ms</c> and <c>retention.bytes</c>: drops whole batches from the start of a partition, as Kafka drops segments, and moves
/// the log's start behind them.
/// </summary>
internal static class LogRetention
{
    // From the start up to the first batch that is young enough and within the size; total is what the batch and all after it take.
    private const string FirstKept = """
        SELECT base_offset FROM (
            SELECT base_offset, max_timestamp, sum(bytes) OVER (ORDER BY base_offset DESC) AS total
            FROM batches WHERE partition_id = $1)
        WHERE ($2 < 0 OR max_timestamp >= $3) AND ($4 < 0 OR total <= $4)
        ORDER BY base_offset LIMIT 1
        """;

    public static KafkaResult<Done> Apply(WriteContext context, PartitionLog partition, TopicSettings settings, long now)
    {
        if (partition.IsRetired || (settings.RetentionTime < 0 && settings.RetentionBytes < 0))
        {
            return default(Done);
        }

        var kept = context.Db.QueryLong(
            FirstKept, partition.Id, settings.RetentionTime, now - settings.RetentionTime, settings.RetentionBytes);
        var start = kept ?? partition.EndOffset;
        var first = context.Db.QueryLong("SELECT min(base_offset) FROM batches WHERE partition_id = $1", partition.Id);
        if (first is null || first >= start)
        {
            return default(Done);
        }

        context.Db.Execute(
            "DELETE FROM batch_data WHERE id IN (SELECT data_id FROM batches WHERE partition_id = $1 AND base_offset < $2)", partition.Id, start);
        context.Db.Execute("DELETE FROM batches WHERE partition_id = $1 AND base_offset < $2", partition.Id, start);

        // The end is kept too: with no batch left, nothing else would remember it.
        context.Db.Execute(
            "UPDATE partitions SET log_start = $2, next_offset = $3 WHERE id = $1", partition.Id, start, partition.EndOffset);
        context.AfterCommit += () => partition.StartOffset = start;
        return default(Done);
    }
}
