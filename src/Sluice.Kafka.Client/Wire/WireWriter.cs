using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sluice.Kafka.Client.Wire;

/// <summary>Writes the protocol's primitive types: big-endian numbers; strings and arrays in the old or the compact form (KIP-482).</summary>
internal sealed class WireWriter(bool flexible)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    /// <summary>True: compact lengths, and tagged fields at the end of every structure.</summary>
    public bool Flexible { get; } = flexible;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public WireWriter Int8(int value)
    {
        _buffer.GetSpan(1)[0] = unchecked((byte)value);
        _buffer.Advance(1);
        return this;
    }

    public WireWriter Bool(bool value) => Int8(value ? 1 : 0);

    public WireWriter Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
        return this;
    }

    public WireWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public WireWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public WireWriter Uuid()
    {
        _buffer.GetSpan(16)[..16].Clear();
        _buffer.Advance(16);
        return this;
    }

    /// <summary>STRING, NULLABLE_STRING and their compact forms.</summary>
    public WireWriter String(string? value)
    {
        if (value is null)
        {
            return Flexible ? UnsignedVarint(0) : Int16(-1);
        }

        var length = Encoding.UTF8.GetByteCount(value);
        if (Flexible)
        {
            UnsignedVarint((uint)length + 1);
        }
        else
        {
            Int16(checked((short)length));
        }

        _buffer.Advance(Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length)));
        return this;
    }

    /// <summary>A STRING in the old form whatever the version: the client id of a request header.</summary>
    public WireWriter OldString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int16(checked((short)length));
        _buffer.Advance(Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length)));
        return this;
    }

    public WireWriter Bytes(ReadOnlySpan<byte> value)
    {
        if (Flexible)
        {
            UnsignedVarint((uint)value.Length + 1);
        }
        else
        {
            Int32(value.Length);
        }

        _buffer.Write(value);
        return this;
    }

    /// <summary>An array; null is a null array.</summary>
    public WireWriter Array<T>(IReadOnlyCollection<T>? items, Action<WireWriter, T> write)
    {
        if (items is null)
        {
            return Flexible ? UnsignedVarint(0) : Int32(-1);
        }

        if (Flexible)
        {
            UnsignedVarint((uint)items.Count + 1);
        }
        else
        {
            Int32(items.Count);
        }

        foreach (var item in items)
        {
            write(this, item);
        }

        return this;
    }

    /// <summary>Ends a structure: no tagged fields.</summary>
    public WireWriter End() => Flexible ? Int8(0) : this;

    private WireWriter UnsignedVarint(uint value)
    {
        while (value >= 0x80)
        {
            Int8((int)((value & 0x7F) | 0x80));
            value >>= 7;
        }

        return Int8((int)value);
    }
}
