using System.Buffers;
using System.Buffers.Binary;

using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>Puts records together into one batch. Reused; not thread-safe.</summary>
/// <remarks>HOT.</remarks>
internal sealed class BatchBuilder
{
    private const int FirstSize = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _length;
    private long _baseTimestamp;

    public int Count { get; private set; }

    public TimestampType TimestampType { get; private set; }

    public long BaseOffset { get; private set; }

    public long LastOffset { get; private set; }

    public long MaxTimestamp { get; private set; }

    /// <summary>Bytes so far, header included.</summary>
    public int Length => _length;

    public void Start(long baseOffset, long baseTimestamp, TimestampType timestampType)
    {
        _length = BatchFormat.HeaderSize;
        _baseTimestamp = baseTimestamp;
        TimestampType = timestampType;
        BaseOffset = baseOffset;
        LastOffset = baseOffset - 1;
        MaxTimestamp = long.MinValue;
        Count = 0;
    }

    public void Append(long offset, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> prefix = stackalloc byte[2 * Varint.MaxLength];
        var prefixLength = Varint.Write(prefix, (ulong)(offset - BaseOffset));
        prefixLength += Varint.WriteSigned(prefix[prefixLength..], timestamp - _baseTimestamp);

        EnsureRoom(Varint.MaxLength + prefixLength + body.Length);
        var to = _buffer.AsSpan();
        _length += Varint.Write(to[_length..], (ulong)(prefixLength + body.Length));
        prefix[..prefixLength].CopyTo(to[_length..]);
        _length += prefixLength;
        body.CopyTo(to[_length..]);
        _length += body.Length;

        LastOffset = offset;
        MaxTimestamp = Math.Max(MaxTimestamp, timestamp);
        Count++;
    }

    /// <returns>The whole batch; valid until the next <see cref="Start"/>.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        var batch = _buffer.AsSpan(0, _length);
        batch[BatchFormat.VersionAt] = BatchFormat.Version;
        batch[BatchFormat.AttributesAt] = TimestampType == TimestampType.LogAppendTime ? BatchFormat.LogAppendTime : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(batch[BatchFormat.BaseOffsetAt..], BaseOffset);
        BinaryPrimitives.WriteInt64LittleEndian(batch[BatchFormat.BaseTimestampAt..], _baseTimestamp);
        BinaryPrimitives.WriteInt32LittleEndian(batch[BatchFormat.CountAt..], Count);
        BinaryPrimitives.WriteUInt32LittleEndian(batch, Crc32C.Compute(batch[BatchFormat.VersionAt..]));
        return batch;
    }

    /// <summary>Gives back a buffer that one large batch has blown up.</summary>
    public void Trim(int keepAtMost)
    {
        if (_buffer.Length > keepAtMost)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
        }
    }

    private void EnsureRoom(int more)
    {
        if (_buffer.Length - _length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, checked(_length + more)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
