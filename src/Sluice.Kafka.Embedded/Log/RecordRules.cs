using System.Globalization;

using Sluice.Kafka.Embedded.Topics;
using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>What a broker checks before it appends (<c>LogValidator</c>), with its words.</summary>
internal static class RecordRules
{
    // A record of Kafka's format costs at least this beside its body: length, attributes, two deltas; and its batch a header.
    private const int KafkaBatchOverhead = 61;

    public static KafkaError? Check(in RecordToProduce record, int bodySize, long timestamp, long now, Topic topic)
    {
        var settings = topic.Settings;
        var kafkaSize = KafkaSize(bodySize);
        if (kafkaSize > settings.MaxMessageBytes)
        {
            return TooLarge(kafkaSize, settings.MaxMessageBytes, topic.Name, record.Partition);
        }

        if (settings.IsCompacted && !record.HasKey)
        {
            return NoKey(topic.Name, record.Partition);
        }

        if (timestamp < 0)
        {
            return new KafkaError(
                KafkaErrorCode.InvalidTimestamp,
                string.Create(CultureInfo.InvariantCulture, $"Invalid timestamp: {timestamp}. Timestamp should always be non-negative or null."));
        }

        // The bounds only matter for times the client gives (KIP-937).
        return settings.TimestampType == TimestampType.CreateTime
            && (now - timestamp > settings.TimestampBeforeMax || timestamp - now > settings.TimestampAfterMax)
                ? OutOfRange(timestamp, now, settings.TimestampBeforeMax, settings.TimestampAfterMax)
                : null;
    }

    /// <summary>The size of a batch that holds only this record in Kafka's own format: what <c>max.message.bytes</c> is compared with.</summary>
    internal static long KafkaSize(int bodySize)
    {
        const int attributesAndDeltas = 3;
        var record = (long)attributesAndDeltas + bodySize;
        return KafkaBatchOverhead + Varint.LengthOfSigned(record) + record;
    }

    private static KafkaError TooLarge(long size, int maximum, string topic, int? partition) => new(
        KafkaErrorCode.MessageTooLarge,
        partition is { } number
            ? $"The record batch size in the append to {topic}-{number} is {size} bytes which exceeds the maximum configured value of {maximum}."
            : $"The record batch size in the append to {topic} is {size} bytes which exceeds the maximum configured value of {maximum}.");

    private static KafkaError NoKey(string topic, int? partition) => new(
        KafkaErrorCode.InvalidRecord,
        partition is { } number
            ? $"Compacted topic cannot accept message without key in topic partition {topic}-{number}."
            : $"Compacted topic cannot accept message without key in topic {topic}.");

    private static KafkaError OutOfRange(long timestamp, long now, long before, long after) => new(
        KafkaErrorCode.InvalidTimestamp,
        $"Timestamp {timestamp} of message with offset 0 is out of range. The timestamp should be within "
        + $"[{(before > now ? 0 : now - before)}, {(after > long.MaxValue - now ? long.MaxValue : now + after)}]");
}
