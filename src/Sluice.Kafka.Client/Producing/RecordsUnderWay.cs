namespace Sluice.Kafka.Client.Producing;

/// <summary>The records that librdkafka has and has not reported yet, so that each gets exactly one answer.</summary>
/// <remarks>HOT. A list through the records themselves: nothing is allocated.</remarks>
internal sealed class RecordsUnderWay
{
    private readonly Lock _gate = new();
    private PendingRecord? _head;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>True when it is the only one.</summary>
    public bool Add(PendingRecord pending)
    {
        lock (_gate)
        {
            pending.Next = _head;
            pending.Previous = null;
            pending.IsListed = true;
            if (_head is not null)
            {
                _head.Previous = pending;
            }

            _head = pending;
            return _count++ == 0;
        }
    }

    /// <summary>False: somebody else has taken it, and answers it.</summary>
    public bool TryRemove(PendingRecord pending)
    {
        lock (_gate)
        {
            if (!pending.IsListed)
            {
                return false;
            }

            if (pending.Previous is null)
            {
                _head = pending.Next;
            }
            else
            {
                pending.Previous.Next = pending.Next;
            }

            if (pending.Next is not null)
            {
                pending.Next.Previous = pending.Previous;
            }

            pending.Next = pending.Previous = null;
            pending.IsListed = false;
            _count--;
            return true;
        }
    }

    /// <summary>Any of them, taken out; null when there is none.</summary>
    public PendingRecord? Take()
    {
        lock (_gate)
        {
            return _head is { } pending && TryRemove(pending) ? pending : null;
        }
    }
}
