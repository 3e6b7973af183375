using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Sluice.Kafka.Client.Clients;

/// <summary>The clients of many principals: at most so many at a time, the one unused for longest goes first, idle ones go by themselves.</summary>
internal sealed class ClientPool : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new(); // least recently used first
    private readonly HashSet<Task> _closing = [];
    private readonly int _max;
    private readonly TimeSpan _idle;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _sweep;
    private bool _disposed;

    public ClientPool(int max, TimeSpan idle, TimeProvider time, ILogger log)
    {
        _max = max;
        _idle = idle;
        _time = time;
        _log = log;
        var period = TimeSpan.FromTicks(Math.Clamp(idle.Ticks / 4, TimeSpan.TicksPerMillisecond * 50, TimeSpan.TicksPerMinute));
        _sweep = time.CreateTimer(_ => Sweep(), null, period, period);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Clients that are still being closed.</summary>
    public int ClosingCount
    {
        get
        {
            lock (_gate)
            {
                return _closing.Count;
            }
        }
    }

    /// <summary>The clients of <paramref name="key"/>, made by <paramref name="make"/> when there are none. They stay until the lease is given back.</summary>
    /// <returns>False: all places are taken by principals with requests under way.</returns>
    public bool TryLease(string key, Func<PrincipalClients> make, out Lease lease)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(key, out var entry))
            {
                if (_entries.Count >= _max && !TryEvictOne())
                {
                    lease = default;
                    return false;
                }

                entry = new Entry(key, make());
                _entries.Add(key, entry);
            }
            else
            {
                _byUse.Remove(entry.Node);
            }

            _byUse.AddLast(entry.Node);
            entry.Leases++;
            lease = new Lease(this, entry);
            return true;
        }
    }

    public void ForEach(Action<PrincipalClients> action)
    {
        PrincipalClients[] all;
        lock (_gate)
        {
            all = [.. _entries.Values.Select(e => e.Clients)];
        }

        foreach (var clients in all)
        {
            action(clients);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] closing;
        await _sweep.DisposeAsync();
        lock (_gate)
        {
            _disposed = true;
            foreach (var entry in _entries.Values.ToArray())
            {
                Evict(entry);
            }

            closing = [.. _closing];
        }

        await Task.WhenAll(closing);
    }

    private void Return(Entry entry)
    {
        lock (_gate)
        {
            entry.Leases--;
            entry.LastUsed = _time.GetTimestamp();
        }
    }

    private void Sweep()
    {
        lock (_gate)
        {
            foreach (var entry in _byUse.Where(e => e.Leases == 0 && _time.GetElapsedTime(e.LastUsed) >= _idle).ToArray())
            {
                Evict(entry);
            }
        }
    }

    private bool TryEvictOne()
    {
        for (var node = _byUse.First; node is not null; node = node.Next)
        {
            if (node.Value.Leases == 0)
            {
                Evict(node.Value);
                return true;
            }
        }

        return false;
    }

    private void Evict(Entry entry)
    {
        _entries.Remove(entry.Key);
        _byUse.Remove(entry.Node);
        var closing = Task.Run(() => CloseAsync(entry.Clients));
        _closing.Add(closing);
        _ = closing.ContinueWith(
            t =>
            {
                lock (_gate)
                {
                    _closing.Remove(t);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Closing must not take the pool down with it.")]
    private async Task CloseAsync(PrincipalClients clients)
    {
        try
        {
            await clients.DisposeAsync();
        }
        catch (Exception e)
        {
            Log.CloseFailed(_log, e);
        }
    }

    /// <summary>Keeps a principal's clients from being closed while they are used.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly ClientPool _pool;
        private readonly Entry _entry;

        internal Lease(ClientPool pool, object entry)
        {
            _pool = pool;
            _entry = (Entry)entry;
        }

        public PrincipalClients Clients => _entry.Clients;

        public void Dispose() => _pool.Return(_entry);
    }

    private sealed class Entry
    {
        public Entry(string key, PrincipalClients clients)
        {
            Key = key;
            Clients = clients;
            Node = new LinkedListNode<Entry>(this);
        }

        public string Key { get; }

        public PrincipalClients Clients { get; }

        public LinkedListNode<Entry> Node { get; }

        public int Leases { get; set; }

        public long LastUsed { get; set; }
    }
}
