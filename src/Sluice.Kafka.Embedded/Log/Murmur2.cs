using System.Buffers.Binary;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>The 32-bit Murmur2 of Kafka's Java client (<c>Utils.murmur2</c>), seed included.</summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;
    private const int R = 24;

    public static int Hash(ReadOnlySpan<byte> data)
    {
        var h = Seed ^ (uint)data.Length;
        while (data.Length >= 4)
        {
            var k = BinaryPrimitives.ReadUInt32LittleEndian(data) * M;
            k ^= k >> R;
            h = (h * M) ^ (k * M);
            data = data[4..];
        }

        for (var i = data.Length - 1; i >= 0; i--)
        {
            h ^= (uint)data[i] << (8 * i);
        }

        if (data.Length > 0)
        {
            h *= M;
        }

        h ^= h >> 13;
        h *= M;
        h ^= h >> 15;
        return (int)h;
    }

    /// <summary>Where Kafka's default partitioner puts a key: <c>toPositive(murmur2(key)) % partitions</c>.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (Hash(key) & int.MaxValue) % partitions;
}
