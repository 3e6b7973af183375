using System.Runtime.InteropServices;

using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>
/// Group commit: stores many waiting records in one transaction, one batch (or a few) for each partition, and reports when it is on disk.
/// Runs on the writer's thread only.
/// </summary>
/// <remarks>HOT: 1. place the records in batches, 2. insert the batches, 3. commit, 4. publish the ends, 5. report.</remarks>
internal sealed class RecordAppender(BatchStore store, TimeProvider time)
{
    // A batch is read and checked whole: large enough to amortise, small enough to fetch one record from.
    private const int MaxBatchBytes = 256 * 1024;
    private const int MaxBatchRecords = 4096;
    private const int KeepBuilders = 64;

    private readonly List<PartitionLog> _touched = [];
    private readonly Stack<BatchBuilder> _builders = new();
    private readonly Dictionary<PartitionLog, long> _ends = [];

    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store failed: nothing of it is stored, nobody was told.</exception>
    public void Append(ReadOnlySpan<PendingRecord> records)
    {
        try
        {
            store.Begin();
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var record in records)
            {
                Place(record, now);
            }

            foreach (var partition in _touched)
            {
                Flush(partition);
            }

            store.Commit();
            foreach (var (partition, end) in _ends)
            {
                partition.EndOffset = end;
            }
        }
        catch
        {
            store.Rollback();
            throw;
        }
        finally
        {
            Reset();
        }

        foreach (var record in records)
        {
            record.Complete();
        }
    }

    private void Place(PendingRecord record, long now)
    {
        var partition = record.Partition;
        if (partition.IsRetired)
        {
            record.Placed(DeliveryReport.Failed(KafkaError.UnknownTopic));
            return;
        }

        var timestamp = record.TimestampType == TimestampType.LogAppendTime ? now : record.Timestamp;
        ref var end = ref CollectionsMarshal.GetValueRefOrAddDefault(_ends, partition, out var known);
        if (!known)
        {
            end = partition.EndOffset;
            _touched.Add(partition);
        }

        if (partition.Open is { } open
            && (open.Length + record.Length > MaxBatchBytes || open.Count == MaxBatchRecords || open.TimestampType != record.TimestampType))
        {
            Flush(partition);
        }

        if (partition.Open is null)
        {
            partition.Open = _builders.TryPop(out var spare) ? spare : new();
            partition.Open.Start(end, timestamp, record.TimestampType);
        }

        partition.Open.Append(end, timestamp, record.Body);
        record.Placed(new(default, partition.Number, end, timestamp));
        end++;
    }

    private void Flush(PartitionLog partition)
    {
        if (partition.Open is { } batch)
        {
            store.Insert(partition, batch);
            Recycle(partition, batch);
        }
    }

    private void Recycle(PartitionLog partition, BatchBuilder batch)
    {
        partition.Open = null;
        batch.Trim(2 * MaxBatchBytes);
        if (_builders.Count < KeepBuilders)
        {
            _builders.Push(batch);
        }
    }

    private void Reset()
    {
        foreach (var partition in _touched)
        {
            if (partition.Open is { } batch)
            {
                Recycle(partition, batch);
            }
        }

        _touched.Clear();
        _ends.Clear();
    }
}
