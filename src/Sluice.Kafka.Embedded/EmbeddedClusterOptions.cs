namespace Sluice.Kafka.Embedded;

/// <summary>How an embedded cluster is opened. Sizes are in bytes.</summary>
public sealed record EmbeddedClusterOptions
{
    /// <summary>Where the cluster keeps its files; made when it is not there. One process at a time may have it open.</summary>
    public required string Directory { get; init; }

    /// <summary>The id in URLs, such as <c>lkc-dev</c>. Null: the cluster's own id, made when the directory was new.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Partitions of a topic that does not say how many: <c>num.partitions</c>, the same as in Confluent Cloud.</summary>
    public int DefaultPartitions { get; init; } = 6;

    /// <summary>Id of the only broker.</summary>
    public int BrokerId { get; init; } = 1;

    /// <summary>Host name that the broker is described with. Nothing listens there for the Kafka protocol.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Port that the broker is described with.</summary>
    public int Port { get; init; } = 9092;

    /// <summary>All partitions of all topics together; creating more is refused.</summary>
    public int MaxPartitions { get; init; } = 20_000;

    /// <summary>
    /// Bytes of records that wait for the disk, over all callers. Beyond it a record is refused at once with
    /// <see cref="KafkaErrorCode.LocalQueueFull"/>.
    /// </summary>
    public long MaxQueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Time between two looks for records past their retention or superseded on compacted topics.</summary>
    public TimeSpan CleanupInterval { get; init; } = TimeSpan.FromSeconds(30);
}
