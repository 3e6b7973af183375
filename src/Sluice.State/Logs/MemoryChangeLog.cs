namespace Sluice.State.Logs;

/// <summary>A log that ends with the process: for tests and for gateways that keep nothing.</summary>
public sealed class MemoryChangeLog : IChangeLog
{
    private readonly Lock _lock = new();
    private readonly List<ChangeRecord> _records = [];

    public IReadOnlyList<ChangeRecord> Read(HistoryQuery query)
    {
        lock (_lock)
        {
            return [.. _records.Skip((int)Math.Clamp(query.After, 0, _records.Count))
                .Where(r => (query.Kind is null || r.Kind == query.Kind) && (query.Id is null || r.Id == query.Id))
                .Take(query.Limit)];
        }
    }

    public bool TryAppend(long expectedVersion, IReadOnlyList<ChangeRecord> records)
    {
        lock (_lock)
        {
            if (_records.Count != expectedVersion)
            {
                return false;
            }

            _records.AddRange(records);
            return true;
        }
    }

    public void Dispose()
    {
    }
}
