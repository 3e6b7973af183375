using System.Buffers.Binary;

using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>A record as it lies in a batch.</summary>
internal readonly record struct BatchRecord(long Offset, long Timestamp, ReadOnlyMemory<byte> Body);

/// <summary>Walks a stored batch. Every number in it is checked, whatever the checksum said.</summary>
internal struct BatchReader
{
    private readonly ReadOnlyMemory<byte> _batch;
    private readonly long _baseOffset;
    private readonly long _baseTimestamp;
    private readonly uint _count;
    private int _at;
    private uint _seen;

    /// <exception cref="InvalidDataException">Not a batch, of another format, or damaged.</exception>
    public BatchReader(ReadOnlyMemory<byte> batch)
    {
        var span = batch.Span;
        if (span.Length < BatchFormat.HeaderSize || span[BatchFormat.VersionAt] != BatchFormat.Version || (span[BatchFormat.AttributesAt] & ~BatchFormat.LogAppendTime) != 0)
        {
            throw new InvalidDataException("Not a batch of a format known here.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(span) != Crc32C.Compute(span[BatchFormat.VersionAt..]))
        {
            throw new InvalidDataException("A batch has failed its checksum.");
        }

        _batch = batch;
        TimestampType = (span[BatchFormat.AttributesAt] & BatchFormat.LogAppendTime) != 0 ? TimestampType.LogAppendTime : TimestampType.CreateTime;
        _baseOffset = BinaryPrimitives.ReadInt64LittleEndian(span[BatchFormat.BaseOffsetAt..]);
        _baseTimestamp = BinaryPrimitives.ReadInt64LittleEndian(span[BatchFormat.BaseTimestampAt..]);
        _count = BinaryPrimitives.ReadUInt32LittleEndian(span[BatchFormat.CountAt..]);
        _at = BatchFormat.HeaderSize;
    }

    public TimestampType TimestampType { get; }

    public readonly long BaseOffset => _baseOffset;

    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The batch is damaged.</exception>
    public bool TryRead(out BatchRecord record)
    {
        if (_seen == _count)
        {
            record = default;
            return _at == _batch.Length ? false : throw new InvalidDataException("A batch holds more bytes than records.");
        }

        var length = Varint.Read(_batch.Span, ref _at);
        if (length > (ulong)(_batch.Length - _at))
        {
            throw new InvalidDataException("A batch is cut short.");
        }

        var end = _at + (int)length;
        var offset = _baseOffset + (long)Varint.Read(_batch.Span, ref _at);
        var timestamp = _baseTimestamp + Varint.ReadSigned(_batch.Span, ref _at);
        if (_at > end)
        {
            throw new InvalidDataException("A stored record is cut short.");
        }

        record = new(offset, timestamp, _batch[_at..end]);
        _at = end;
        _seen++;
        return true;
    }
}
