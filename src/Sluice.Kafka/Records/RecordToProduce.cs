namespace Sluice.Kafka.Records;

/// <summary>One record on its way in. Points into the caller's memory: valid only during the call.</summary>
public readonly ref struct RecordToProduce
{
    public required string Topic { get; init; }

    /// <summary>Null: the partitioner decides.</summary>
    public int? Partition { get; init; }

    /// <summary>False for a null key, which is not the same as an empty one.</summary>
    public bool HasKey { get; init; }

    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>False for a null value (a tombstone).</summary>
    public bool HasValue { get; init; }

    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>In the order given; names may repeat.</summary>
    public ReadOnlySpan<RecordHeader> Headers { get; init; }

    /// <summary>Milliseconds since the epoch; null: now, at the cluster.</summary>
    public long? Timestamp { get; init; }
}

/// <summary>A record header. A null value is allowed.</summary>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte>? Value);
