using System.Collections.Concurrent;

namespace Sluice.Kafka.Client.Wire;

/// <summary>Keeps idle connections for the next request. A connection carries one request at a time, so that a slow one delays nobody.</summary>
internal sealed class LinkPool(WireSettings settings, TimeProvider time) : IDisposable
{
    private const int MaxIdlePerBroker = 4;

    private readonly ConcurrentDictionary<Endpoint, ConcurrentStack<BrokerLink>> _idle = new();
    private volatile bool _disposed;

    public bool TryRentIdle(Endpoint endpoint, out BrokerLink link)
    {
        if (_idle.TryGetValue(endpoint, out var stack))
        {
            while (stack.TryPop(out link!))
            {
                if (link.IsUsable)
                {
                    return true;
                }

                link.Dispose();
            }
        }

        link = null!;
        return false;
    }

    public async ValueTask<BrokerLink> RentAsync(Endpoint endpoint, CancellationToken cancellationToken) =>
        TryRentIdle(endpoint, out var link) ? link : await BrokerLink.OpenAsync(endpoint, settings, time, cancellationToken);

    public void Return(BrokerLink link)
    {
        var stack = _idle.GetOrAdd(link.Endpoint, static _ => new ConcurrentStack<BrokerLink>());
        if (_disposed || !link.IsClean || stack.Count >= MaxIdlePerBroker)
        {
            link.Dispose();
            return;
        }

        stack.Push(link);
        if (_disposed)
        {
            Clear();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Clear();
    }

    private void Clear()
    {
        foreach (var stack in _idle.Values)
        {
            while (stack.TryPop(out var link))
            {
                link.Dispose();
            }
        }
    }
}
