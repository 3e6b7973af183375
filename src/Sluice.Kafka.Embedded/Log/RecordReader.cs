using Microsoft.Data.Sqlite;

using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>Reads stored records and finds offsets.</summary>
internal sealed class RecordReader(Writer writer, ReaderPool readers)
{
    // The batch that holds the offset, or the first after it, and what follows.
    private const string FromOffset = """
        SELECT d.data FROM batches b JOIN batch_data d ON d.id = b.data_id
        WHERE b.partition_id = $1 AND b.base_offset >= coalesce(
            (SELECT base_offset FROM batches WHERE partition_id = $1 AND base_offset <= $2 ORDER BY base_offset DESC LIMIT 1), $2)
        ORDER BY b.base_offset
        """;

    private const string FromTimestamp = """
        SELECT d.data FROM batches b JOIN batch_data d ON d.id = b.data_id
        WHERE b.partition_id = $1 AND b.max_timestamp >= $2
        ORDER BY b.base_offset LIMIT 1
        """;

    private static readonly KafkaError OutOfRange = new(
        KafkaErrorCode.OffsetOutOfRange, "The requested offset is not within the range of offsets maintained by the server.");

    /// <inheritdoc cref="IRecords.ReadAsync"/>
    public async Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken)
    {
        if (!TryFind(partition, out var log))
        {
            return KafkaError.UnknownTopic;
        }

        // The end is taken before the read: what is committed later is for the next read.
        var end = log.EndOffset;
        if (offset < log.StartOffset || offset > end)
        {
            return OutOfRange;
        }

        if (offset == end || maxRecords <= 0)
        {
            return new KafkaResult<IReadOnlyList<StoredRecord>>([]);
        }

        try
        {
            return await readers.RunAsync(db => Read(db, log, offset, end, maxRecords, maxBytes), cancellationToken);
        }
        catch (InvalidDataException)
        {
            return StorageErrors.Corrupt;
        }
        catch (SqliteException)
        {
            return StorageErrors.WriteFailed;
        }
    }

    /// <inheritdoc cref="IPartitions.ListOffsetsAsync"/>
    public async Task<KafkaResult<long>> FindOffsetAsync(OffsetQuery query, CancellationToken cancellationToken)
    {
        if (!TryFind(query.Partition, out var log))
        {
            return KafkaError.UnknownTopic;
        }

        switch (query.Timestamp)
        {
            case OffsetQuery.Earliest:
                return log.StartOffset;
            case OffsetQuery.Latest:
                return log.EndOffset;
            case < 0:
                return new KafkaError(KafkaErrorCode.UnsupportedVersion, "The version of API is not supported.");
        }

        try
        {
            return await readers.RunAsync(db => Find(db, log, query.Timestamp), cancellationToken);
        }
        catch (InvalidDataException)
        {
            return StorageErrors.Corrupt;
        }
        catch (SqliteException)
        {
            return StorageErrors.WriteFailed;
        }
    }

    private static KafkaResult<IReadOnlyList<StoredRecord>> Read(
        SqliteConnection db, PartitionLog log, long offset, long end, int maxRecords, int maxBytes)
    {
        var records = new List<StoredRecord>();
        var bytes = 0L;
        using var command = db.Prepare(FromOffset, log.Id, offset);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var batch = new BatchReader(rows.GetFieldValue<byte[]>(0));
            while (batch.TryRead(out var record))
            {
                if (record.Offset < offset)
                {
                    continue;
                }

                if (record.Offset >= end || records.Count == maxRecords || (records.Count > 0 && bytes + record.Body.Length > maxBytes))
                {
                    return records;
                }

                var (key, value, headers) = RecordBody.Read(record.Body);
                records.Add(new(log.Number, record.Offset, record.Timestamp, batch.TimestampType, key, value, headers));
                bytes += record.Body.Length;
            }
        }

        return records;
    }

    private static KafkaResult<long> Find(SqliteConnection db, PartitionLog log, long timestamp)
    {
        using var command = db.Prepare(FromTimestamp, log.Id, timestamp);
        using var rows = command.ExecuteReader();
        if (rows.Read())
        {
            var batch = new BatchReader(rows.GetFieldValue<byte[]>(0));
            while (batch.TryRead(out var record))
            {
                if (record.Timestamp >= timestamp)
                {
                    return record.Offset;
                }
            }
        }

        return -1;
    }

    private bool TryFind(TopicPartition partition, out PartitionLog log)
    {
        log = null!;
        return writer.Current.Topics.TryGetValue(partition.Topic, out var topic) && topic.TryGetPartition(partition.Partition, out log);
    }
}
