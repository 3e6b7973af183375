using System.Buffers;
using System.Buffers.Binary;

namespace Sluice.SchemaRegistry.Protobuf;

/// <summary>The wire format: tags, varints, fixed numbers, bytes with their length.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
internal readonly struct ProtobufWriter(IBufferWriter<byte> output)
{
    public const int VarintType = 0;
    public const int Fixed64Type = 1;
    public const int LengthType = 2;
    public const int Fixed32Type = 5;

    public void Tag(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    public void Varint(ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        output.Write(value);
    }

    public void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    /// <summary>A field whose content is written first, because its length comes before it.</summary>
    public void Nested(int field, Action<ProtobufWriter> content)
    {
        var inner = new ArrayBufferWriter<byte>();
        content(new ProtobufWriter(inner));
        Tag(field, LengthType);
        Bytes(inner.WrittenSpan);
    }
}
