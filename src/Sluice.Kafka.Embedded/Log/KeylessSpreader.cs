namespace Sluice.Kafka.Embedded.Log;

/// <summary>
/// Spreads records without a key as Kafka's uniform sticky partitioner does (KIP-794): stays on one partition for a batch's worth of
/// bytes, then moves to another at random.
/// </summary>
/// <remarks>HOT. Races between callers only blur the size of a stay.</remarks>
internal sealed class KeylessSpreader
{
    // batch.size of Kafka's producer.
    private const int StayBytes = 16 * 1024;

    private int _partition = -1;
    private int _bytes;

    public int Next(int partitions, int bytes)
    {
        var partition = Volatile.Read(ref _partition);
        if (partition < 0 || partition >= partitions || Volatile.Read(ref _bytes) >= StayBytes)
        {
#pragma warning disable CA5394 // Spreading load is not a matter of security.
            partition = Random.Shared.Next(partitions);
#pragma warning restore CA5394
            Volatile.Write(ref _bytes, 0);
            Volatile.Write(ref _partition, partition);
        }

        Interlocked.Add(ref _bytes, bytes);
        return partition;
    }
}
