using System.Collections.Concurrent;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Records;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Reading;

/// <summary>Reads by assignment, with a few pooled consumers that belong to no group.</summary>
internal sealed class RecordReader(Func<Ck.IConsumer<byte[], byte[]>> newConsumer, WireClient wire, Reachability reach, TimeProvider time) : IDisposable
{
    private const int MaxConsumers = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _slots = new(MaxConsumers);
    private readonly ConcurrentStack<Ck.IConsumer<byte[], byte[]>> _idle = new();
    private readonly ConcurrentDictionary<Ck.IConsumer<byte[], byte[]>, bool> _all = new();
    private volatile bool _disposed;

    public async Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken)
    {
        // Metadata says quickly what an assignment would only find out by waiting.
        var metadata = await wire.MetadataAsync([partition.Topic], false, cancellationToken);
        var topic = metadata.Topics.FirstOrDefault(t => t.Name == partition.Topic);
        if (topic is null || (topic.Error != KafkaErrorCode.None && topic.Partitions.Count == 0))
        {
            return KafkaErrorTexts.Of(topic?.Error ?? KafkaErrorCode.UnknownTopicOrPartition, null, partition.Topic);
        }

        if (topic.Partitions.All(p => p.Id != partition.Partition))
        {
            return KafkaError.UnknownTopic;
        }

        if (offset < 0)
        {
            return new KafkaError(KafkaErrorCode.OffsetOutOfRange, KafkaErrorTexts.Default(KafkaErrorCode.OffsetOutOfRange));
        }

        await _slots.WaitAsync(cancellationToken);
        try
        {
            // Consume blocks its thread, so it gets one of its own.
            return await Task.Factory.StartNew(
                () => Read(partition, offset, maxRecords, maxBytes, cancellationToken),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void ForEachConsumer(Action<Ck.IConsumer<byte[], byte[]>> action)
    {
        foreach (var consumer in _all.Keys)
        {
            action(consumer);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var consumer))
        {
            Close(consumer);
        }
    }

    private KafkaResult<IReadOnlyList<StoredRecord>> Read(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken)
    {
        if (!_idle.TryPop(out var consumer))
        {
            consumer = newConsumer();
            _all[consumer] = true;
        }

        var isClean = false;
        try
        {
            consumer.Assign(new Ck.TopicPartitionOffset(partition.Topic, partition.Partition, offset));
            var result = Collect(consumer, partition, offset, maxRecords, maxBytes, cancellationToken);
            consumer.Unassign();
            isClean = true;
            return result;
        }
        finally
        {
            if (isClean && !_disposed)
            {
                _idle.Push(consumer);
                if (_disposed)
                {
                    Dispose();
                }
            }
            else
            {
                Close(consumer);
            }
        }
    }

    private KafkaResult<IReadOnlyList<StoredRecord>> Collect(
        Ck.IConsumer<byte[], byte[]> consumer, TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken)
    {
        var found = new List<StoredRecord>();
        var bytes = 0L;
        var started = time.GetTimestamp();
        while (found.Count < maxRecords && bytes < maxBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Ck.ConsumeResult<byte[], byte[]>? next;
            try
            {
                next = consumer.Consume(Step);
            }
            catch (Ck.ConsumeException e) when (e.Error.Code == Ck.ErrorCode.GroupAuthorizationFailed)
            {
                continue; // librdkafka looks for a coordinator that this consumer never needs
            }
            catch (Ck.ConsumeException e)
            {
                return found.Count > 0 ? Some(found) : KafkaErrorTexts.Of(e.Error, partition.Topic);
            }

            if (next is null)
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    return found.Count > 0 ? Some(found) : new KafkaError(KafkaErrorCode.RequestTimedOut, KafkaErrorTexts.Default(KafkaErrorCode.RequestTimedOut));
                }

                continue;
            }

            reach.Heard();
            if (next.Topic != partition.Topic || next.Partition.Value != partition.Partition || (!next.IsPartitionEOF && next.Offset.Value < offset))
            {
                continue; // left over from the assignment before
            }

            if (next.IsPartitionEOF)
            {
                break;
            }

            var record = RecordOf(next, out var size);
            found.Add(record);
            bytes += size;
        }

        return Some(found);
    }

    private static KafkaResult<IReadOnlyList<StoredRecord>> Some(List<StoredRecord> found) => new(found);

    // A plain "? null :" would turn null into an empty memory, by way of byte[].
    private static ReadOnlyMemory<byte>? Bytes(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);

    private static StoredRecord RecordOf(Ck.ConsumeResult<byte[], byte[]> result, out long size)
    {
        var message = result.Message;
        size = (message.Key?.Length ?? 0) + (message.Value?.Length ?? 0);
        var headers = new RecordHeader[message.Headers?.Count ?? 0];
        for (var i = 0; i < headers.Length; i++)
        {
            var header = message.Headers![i];
            var value = header.GetValueBytes();
            headers[i] = new RecordHeader(header.Key, Bytes(value));
            size += header.Key.Length + (value?.Length ?? 0);
        }

        return new StoredRecord(
            result.Partition.Value,
            result.Offset.Value,
            message.Timestamp.UnixTimestampMs,
            message.Timestamp.Type == Ck.TimestampType.LogAppendTime ? TimestampType.LogAppendTime : TimestampType.CreateTime,
            Bytes(message.Key),
            Bytes(message.Value),
            headers);
    }

    private void Close(Ck.IConsumer<byte[], byte[]> consumer)
    {
        _all.TryRemove(consumer, out _);
        consumer.Dispose();
    }
}
