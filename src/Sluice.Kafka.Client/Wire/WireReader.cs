using System.Buffers.Binary;
using System.Text;

namespace Sluice.Kafka.Client.Wire;

/// <summary>Reads the protocol's primitive types. Every length is checked against what is left before anything is allocated for it.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes, bool flexible)
{
    private int _position;

    public bool Flexible { get; } = flexible;

    public int Remaining => bytes.Length - _position;

    public sbyte Int8() => (sbyte)Take(1)[0];

    public bool Bool() => Take(1)[0] != 0;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public void SkipUuid() => Take(16);

    public KafkaErrorCode ErrorCode() => (KafkaErrorCode)Int16();

    public string String() => NullableString() ?? throw new WireFormatException("A string that must not be null is null.");

    public string? NullableString()
    {
        var length = Flexible ? (int)UnsignedVarint() - 1 : Int16();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public byte[] Bytes()
    {
        var length = Flexible ? (int)UnsignedVarint() - 1 : Int32();
        return length < 0 ? [] : Take(length).ToArray();
    }

    /// <summary>An array; a null array reads as an empty one.</summary>
    public List<T> Array<T>(Func<WireReader, T> read)
    {
        var count = Flexible ? (int)UnsignedVarint() - 1 : Int32();
        if (count > Remaining)
        {
            throw new WireFormatException($"An array of {count} items cannot fit into {Remaining} bytes.");
        }

        var items = new List<T>(Math.Max(count, 0));
        for (var i = 0; i < count; i++)
        {
            items.Add(read(this));
        }

        return items;
    }

    public List<int> Int32Array() => Array(static r => r.Int32());

    public List<string> StringArray() => Array(static r => r.String());

    /// <summary>Ends a structure: tagged fields that nobody asked for are skipped.</summary>
    public void End() => End(static (_, _) => { });

    /// <summary>Ends a structure; <paramref name="onTag"/> gets every tagged field with a reader of its own.</summary>
    public void End(Action<uint, WireReader> onTag)
    {
        if (!Flexible)
        {
            return;
        }

        for (var count = UnsignedVarint(); count > 0; count--)
        {
            var tag = UnsignedVarint();
            var length = (int)UnsignedVarint();
            Require(length);
            onTag(tag, new WireReader(bytes.Slice(_position, length), Flexible));
            _position += length;
        }
    }

    private uint UnsignedVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(1)[0];
            value |= (uint)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return value <= int.MaxValue ? value : throw new WireFormatException("A length exceeds 2^31.");
            }
        }

        throw new WireFormatException("A variable-length number has more than five bytes.");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        Require(length);
        var taken = bytes.Span.Slice(_position, length);
        _position += length;
        return taken;
    }

    private void Require(int length)
    {
        if (length < 0 || length > Remaining)
        {
            throw new WireFormatException($"{length} bytes wanted, {Remaining} left.");
        }
    }
}
