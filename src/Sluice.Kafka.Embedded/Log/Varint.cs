using System.Diagnostics.CodeAnalysis;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>Variable-length integers, seven bits a byte, low bits first; signed ones zigzag. The same as Kafka's record format uses.</summary>
internal static class Varint
{
    public const int MaxLength = 10;

    public static int LengthOf(ulong value) => (int)((uint)(64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1) + 6) / 7);

    public static int LengthOfSigned(long value) => LengthOf(ZigZag(value));

    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> to, ulong value)
    {
        var i = 0;
        while (value >= 0x80)
        {
            to[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        to[i++] = (byte)value;
        return i;
    }

    public static int WriteSigned(Span<byte> to, long value) => Write(to, ZigZag(value));

    /// <exception cref="InvalidDataException">The bytes end inside the number, or it is longer than 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> from, ref int position)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)position >= (uint)from.Length)
            {
                Throw();
            }

            var b = from[position++];
            if (shift == 63 && b > 1)
            {
                Throw();
            }

            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        Throw();
        return 0;
    }

    public static long ReadSigned(ReadOnlySpan<byte> from, ref int position)
    {
        var raw = Read(from, ref position);
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    [DoesNotReturn]
    private static void Throw() => throw new InvalidDataException("A batch holds a number that is cut short or too long.");
}
