using System.Collections.Concurrent;

namespace Sluice.Kafka.Embedded.Log;

/// <summary>Keeps up to a fixed number of <see cref="PendingRecord"/>s for reuse.</summary>
internal sealed class PendingRecordPool
{
    private const int Capacity = 16 * 1024;

    private readonly ConcurrentQueue<PendingRecord> _free = new();
    private int _count;

    public PendingRecord Rent()
    {
        if (_free.TryDequeue(out var record))
        {
            Interlocked.Decrement(ref _count);
            return record;
        }

        return new(this);
    }

    public void Return(PendingRecord record)
    {
        if (Interlocked.Increment(ref _count) <= Capacity)
        {
            _free.Enqueue(record);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
