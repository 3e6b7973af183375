namespace Sluice.Kafka.Records;

public interface IRecords
{
    /// <summary>
    /// Stores one record. The record's bytes are copied before the call returns; the task completes when the record is durable
    /// (embedded: on disk; Kafka: acknowledged by all in-sync replicas) or has failed. Never throws for what the record holds.
    /// </summary>
    /// <remarks>
    /// HOT. Await the returned task exactly once: it may be pooled. Calls made one after the other for one partition are stored in that order.
    /// The caller bounds what it has in flight. Without a partition, Kafka's default partitioner decides: murmur2 of the key
    /// (<c>toPositive(murmur2(key)) % partitions</c>), records without a key spread over the partitions.
    /// Refused with <see cref="KafkaErrorCode.UnknownTopicOrPartition"/> (quickly, also for a partition out of range),
    /// <see cref="KafkaErrorCode.MessageTooLarge"/>, <see cref="KafkaErrorCode.InvalidTopic"/>,
    /// <see cref="KafkaErrorCode.TopicAuthorizationFailed"/>, <see cref="KafkaErrorCode.InvalidRecord"/> (no key on a compacted topic).
    /// </remarks>
    ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record);

    /// <summary>
    /// Reads stored records of one partition from <paramref name="offset"/> on, in offset order, without waiting for more.
    /// Out of range: <see cref="KafkaErrorCode.OffsetOutOfRange"/>. At the end: an empty list.
    /// </summary>
    /// <param name="partition">Where to read.</param>
    /// <param name="offset">First offset wanted.</param>
    /// <param name="maxRecords">At most this many.</param>
    /// <param name="maxBytes">Stop once this many bytes of keys, values and headers are collected; at least one record is returned.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken);
}
