using Microsoft.Data.Sqlite;

using Sluice.Kafka.Embedded.Configs;
using Sluice.Kafka.Embedded.Log;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Retention;

/// <summary>
/// <c>cleanup.policy=compact</c>: keeps the last record of each key, and its tombstone for <c>delete.retention.ms</c>. Offsets and order
/// stay; batches shrink in place.
/// </summary>
internal static class LogCompaction
{
    private const string Batches = """
        SELECT b.base_offset, b.data_id, d.data FROM batches b JOIN batch_data d ON d.id = b.data_id
        WHERE b.partition_id = $1 ORDER BY b.base_offset
        """;

    /// <param name="context">The running change.</param>
    /// <param name="partition">What to compact.</param>
    /// <param name="settings">Its topic's.</param>
    /// <param name="now">Milliseconds since the epoch.</param>
    /// <param name="again">Also when nothing new was written, because tombstones may have grown old.</param>
    /// <returns>Whether the log was walked.</returns>
    public static KafkaResult<bool> Apply(WriteContext context, PartitionLog partition, TopicSettings settings, long now, bool again)
    {
        var cleanedTo = context.Db.QueryLong("SELECT cleaned_to FROM partitions WHERE id = $1", partition.Id) ?? partition.EndOffset;
        if (partition.IsRetired || (cleanedTo >= partition.EndOffset && !again))
        {
            return false;
        }

        var last = LastOffsets(context.Db, partition, settings, now);
        using var builder = new ReusableBuilder();
        foreach (var baseOffset in context.Db.Query("SELECT base_offset FROM batches WHERE partition_id = $1 ORDER BY base_offset", row => row.GetInt64(0), partition.Id))
        {
            Rewrite(context.Db, partition, baseOffset, last, settings, now, builder.Builder);
        }

        context.Db.Execute(
            "UPDATE partitions SET cleaned_to = $2, next_offset = $3 WHERE id = $1",
            partition.Id, settings.MinCompactionLag > 0 ? 0 : partition.EndOffset, partition.EndOffset);
        return true;
    }

    // Records younger than min.compaction.lag.ms neither go nor replace others.
    private static Dictionary<Key, long> LastOffsets(SqliteConnection db, PartitionLog partition, TopicSettings settings, long now)
    {
        var last = new Dictionary<Key, long>();
        using var command = db.Prepare(Batches, partition.Id);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var batch = new BatchReader(rows.GetFieldValue<byte[]>(2));
            while (batch.TryRead(out var record))
            {
                if (RecordBody.ReadKey(record.Body) is { } key && IsOldEnough(record, settings, now))
                {
                    last[new(key.ToArray())] = record.Offset;
                }
            }
        }

        return last;
    }

    private static void Rewrite(
        SqliteConnection db, PartitionLog partition, long baseOffset, Dictionary<Key, long> last, TopicSettings settings, long now, BatchBuilder kept)
    {
        var (id, data) = db.Query(
            Batches.Replace("ORDER BY", "AND b.base_offset = $2 ORDER BY", StringComparison.Ordinal),
            row => (row.GetInt64(1), row.GetFieldValue<byte[]>(2)), partition.Id, baseOffset)[0];
        var batch = new BatchReader(data);
        kept.Start(batch.BaseOffset, now, batch.TimestampType);
        var seen = 0;
        while (batch.TryRead(out var record))
        {
            seen++;
            if (IsWanted(record, last, settings, now))
            {
                kept.Append(record.Offset, record.Timestamp, record.Body.Span);
            }
        }

        if (kept.Count == seen)
        {
            return;
        }

        if (kept.Count == 0)
        {
            db.Execute("DELETE FROM batch_data WHERE id = $1", id);
            db.Execute("DELETE FROM batches WHERE partition_id = $1 AND base_offset = $2", partition.Id, baseOffset);
            return;
        }

        var blob = kept.Finish().ToArray();
        db.Execute("UPDATE batch_data SET data = $2 WHERE id = $1", id, blob);
        db.Execute(
            "UPDATE batches SET last_offset = $3, max_timestamp = $4, bytes = $5 WHERE partition_id = $1 AND base_offset = $2",
            partition.Id, baseOffset, kept.LastOffset, kept.MaxTimestamp, blob.Length);
    }

    private static bool IsWanted(BatchRecord record, Dictionary<Key, long> last, TopicSettings settings, long now)
    {
        if (!IsOldEnough(record, settings, now))
        {
            return true;
        }

        // Keyless records can only be from before the topic was compacted: Kafka drops them.
        if (RecordBody.ReadKey(record.Body) is not { } key)
        {
            return false;
        }

        return last[new(key)] == record.Offset
            && !(RecordBody.IsTombstone(record.Body) && now - record.Timestamp > settings.DeleteRetentionTime);
    }

    private static bool IsOldEnough(BatchRecord record, TopicSettings settings, long now) => now - record.Timestamp >= settings.MinCompactionLag;

    /// <summary>A key by its bytes.</summary>
    private readonly struct Key(ReadOnlyMemory<byte> bytes) : IEquatable<Key>
    {
        private readonly ReadOnlyMemory<byte> _bytes = bytes;

        public bool Equals(Key other) => _bytes.Span.SequenceEqual(other._bytes.Span);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        // Seeded by the process: keys come from clients.
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(_bytes.Span);
            return hash.ToHashCode();
        }
    }

    private sealed class ReusableBuilder : IDisposable
    {
        public BatchBuilder Builder { get; } = new();

        public void Dispose() => Builder.Trim(0);
    }
}
