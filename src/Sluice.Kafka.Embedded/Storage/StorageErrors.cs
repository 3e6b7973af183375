namespace Sluice.Kafka.Embedded.Storage;

internal static class StorageErrors
{
    /// <summary>Kafka's text for KAFKA_STORAGE_ERROR.</summary>
    public static KafkaError WriteFailed { get; } =
        new(KafkaErrorCode.KafkaStorageError, "Disk error when trying to access log file on the disk.");

    /// <summary>Kafka's text for CORRUPT_MESSAGE.</summary>
    public static KafkaError Corrupt { get; } = new(
        KafkaErrorCode.CorruptMessage,
        "This message has failed its CRC checksum, exceeds the valid size, has a null key for a compacted topic, or is otherwise corrupt.");

    public static KafkaError Closed { get; } =
        new(KafkaErrorCode.LocalBrokerUnavailable, "The embedded cluster is shutting down.");

    public static KafkaError QueueFull { get; } =
        new(KafkaErrorCode.LocalQueueFull, "Too many records wait for the disk: try again in a moment.");
}
