namespace Sluice.Kafka.Records;

/// <summary>A record as it is stored.</summary>
public sealed record StoredRecord(
    int Partition,
    long Offset,
    long Timestamp,
    TimestampType TimestampType,
    ReadOnlyMemory<byte>? Key,
    ReadOnlyMemory<byte>? Value,
    IReadOnlyList<RecordHeader> Headers);

/// <summary>What a record's timestamp means.</summary>
public enum TimestampType
{
    CreateTime,
    LogAppendTime,
}
