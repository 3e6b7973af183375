namespace Sluice.Kafka.Embedded.Log;

/// <summary>
/// One partition's log, as far as it is kept in memory: where it starts and ends. The writer's thread alone changes it; anyone may read.
/// </summary>
internal sealed class PartitionLog(long id, string topic, int number, long startOffset, long endOffset)
{
    private long _startOffset = startOffset;
    private long _endOffset = endOffset;
    private volatile bool _retired;

    /// <summary>Row id in the store, never used twice.</summary>
    public long Id { get; } = id;

    public string Topic { get; } = topic;

    public int Number { get; } = number;

    /// <summary>First offset that can be read.</summary>
    public long StartOffset
    {
        get => Volatile.Read(ref _startOffset);
        set => Volatile.Write(ref _startOffset, value);
    }

    /// <summary>The next record's offset. Everything below it is on disk.</summary>
    public long EndOffset
    {
        get => Volatile.Read(ref _endOffset);
        set => Volatile.Write(ref _endOffset, value);
    }

    /// <summary>Its topic was deleted: records that come late are refused.</summary>
    public bool IsRetired
    {
        get => _retired;
        set => _retired = value;
    }

    /// <summary>The batch being built in the running transaction. Writer's thread only.</summary>
    public BatchBuilder? Open { get; set; }
}
