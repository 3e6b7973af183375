namespace Sluice.Kafka.Embedded.Log;

/// <summary>
/// A batch as it is stored: a header, then records, each preceded by its length. Little-endian.
/// </summary>
/// <remarks>
/// <code>
///  0  u32  CRC-32C of everything after it
///  4  u8   format, 1
///  5  u8   attributes: bit 0 set when timestamps are the log's own (LogAppendTime)
///  6  i64  base offset
/// 14  i64  base timestamp, milliseconds since the epoch
/// 22  u32  number of records
/// 26  records: varint length, varint offset delta, signed varint timestamp delta, body
/// </code>
/// The base offset is stored although the index has it, so that a blob in the wrong place is noticed.
/// </remarks>
internal static class BatchFormat
{
    public const byte Version = 1;
    public const byte LogAppendTime = 1;

    public const int VersionAt = 4;
    public const int AttributesAt = 5;
    public const int BaseOffsetAt = 6;
    public const int BaseTimestampAt = 14;
    public const int CountAt = 22;
    public const int HeaderSize = 26;
}
