using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Embedded.Topics;
using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>Checks a record, chooses its partition, copies it and queues it for the writer.</summary>
/// <remarks>HOT: runs once per record on the caller's thread and never waits.</remarks>
internal sealed class RecordProducer(Writer writer, TimeProvider time)
{
    private readonly PendingRecordPool _pool = new();

    /// <inheritdoc cref="IRecords.ProduceAsync"/>
    public ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record)
    {
        // 1. which topic
        if (!writer.Current.Topics.TryGetValue(record.Topic, out var topic))
        {
            return Refuse(TopicName.Check(record.Topic) ?? KafkaError.UnknownTopic);
        }

        // 2. may it be stored there
        var size = RecordBody.SizeOf(record);
        var settings = topic.Settings;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var timestamp = record.Timestamp ?? now;
        if (RecordRules.Check(record, size, timestamp, now, topic) is { } problem)
        {
            return Refuse(problem);
        }

        // 3. which partition
        var number = record.Partition
            ?? (record.HasKey
                ? Murmur2.Partition(record.Key, topic.Partitions.Length)
                : topic.Spreader.Next(topic.Partitions.Length, size));
        if (!topic.TryGetPartition(number, out var partition))
        {
            return Refuse(KafkaError.UnknownTopic);
        }

        // 4. copy and queue
        var pending = _pool.Rent();
        pending.Fill(record, size, partition, timestamp, settings.TimestampType);
        var task = pending.Task;
        var refused = writer.TryEnqueue(pending);
        if (refused.Code != KafkaErrorCode.None)
        {
            pending.Fail(refused);
        }

        return task;
    }

    private static ValueTask<DeliveryReport> Refuse(KafkaError error) => new(DeliveryReport.Failed(error));
}
