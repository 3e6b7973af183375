using Microsoft.Extensions.Logging;

namespace Sluice.Identity.Keys;

/// <summary>
/// One provider's keys: fetched on first use, refreshed in the background before they age, and once early when a token names a key that is not
/// there. A refresh that fails leaves the keys as they are. At most one fetch at a time, however many requests wait for it.
/// </summary>
/// <remarks>Intervals are measured on the monotonic clock, so a wall clock that jumps cannot start or stop refreshes.</remarks>
internal sealed class KeyRing : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    private readonly string _providerId;
    private readonly KeyFetcher _fetcher;
    private readonly KeyOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();

    // Written under the lock, read without it.
    private volatile KeySet? _keys;
    private long _usableUntil;

    private Task<KeyFetch>? _inFlight;
    private long _retryAt;
    private long _unknownKeyAt;
    private int _failures;
    private KeyStatus _status = new(null, null, null, IsForbidden: false);

    public KeyRing(string providerId, string jwksUri, KeyFetcher fetcher, KeyOptions options, TimeProvider time, ILogger logger)
    {
        _providerId = providerId;
        JwksUri = jwksUri;
        _fetcher = fetcher;
        _options = options;
        _time = time;
        _logger = logger;
        _retryAt = _unknownKeyAt = time.GetTimestamp();
        _timer = time.CreateTimer(
            static ring => ((KeyRing)ring!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string JwksUri { get; }

    /// <summary>The keys, unless none were ever fetched or their refresh has failed for too long.</summary>
    /// <remarks>HOT: read by every request.</remarks>
    public KeySet? Current => _keys is { } keys && _time.GetTimestamp() < Volatile.Read(ref _usableUntil) ? keys : null;

    public KeyStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status with { Keys = _keys };
            }
        }
    }

    /// <summary>A fetch is under way.</summary>
    public bool IsFetching
    {
        get
        {
            lock (_lock)
            {
                return _inFlight is not null;
            }
        }
    }

    /// <summary>How long until a fetch is worth asking for, when there are no keys.</summary>
    public TimeSpan RetryAfter
    {
        get
        {
            lock (_lock)
            {
                var now = _time.GetTimestamp();
                return now < _retryAt ? _time.GetElapsedTime(now, _retryAt) : FirstRetry;
            }
        }
    }

    /// <summary>Begins with keys that were fetched a moment ago, when the provider was saved.</summary>
    public void Begin(KeyFetch fetch)
    {
        lock (_lock)
        {
            Apply(fetch);
        }
    }

    /// <summary>Starts the first fetch, if it has not been started.</summary>
    public void Warm()
    {
        lock (_lock)
        {
            if (_keys is null)
            {
                _ = StartFetch();
            }
        }
    }

    /// <summary>The keys, fetched now if there are none; null when they cannot be had.</summary>
    public ValueTask<KeySet?> GetAsync(CancellationToken cancellationToken) =>
        Current is { } keys ? new ValueTask<KeySet?>(keys) : FetchFirstAsync(cancellationToken);

    /// <summary>
    /// The keys after one early refresh; without it when the last early one was too recent. The interval is the provider's, not the key's: made-up key
    /// ids cannot drive traffic.
    /// </summary>
    public async ValueTask<KeySet?> RefreshForUnknownKeyAsync(CancellationToken cancellationToken)
    {
        Task<KeyFetch> fetch;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            if (_inFlight is null)
            {
                if (now < _unknownKeyAt)
                {
                    return Current;
                }

                _unknownKeyAt = now + Ticks(_options.UnknownKeyInterval);
            }

            fetch = StartFetch();
        }

        try
        {
            await fetch.WaitAsync(_options.UnknownKeyWait, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Judged by the keys that are here; the fetch goes on for those who come later.
        }

        return Current;
    }

    /// <summary>Fetches now, because an administrator asks: what a fetch brings that is under way already may be from before what the administrator did.</summary>
    public async Task<KeyFetch> RefreshAsync(CancellationToken cancellationToken)
    {
        Task<KeyFetch>? earlier;
        lock (_lock)
        {
            earlier = _inFlight;
        }

        if (earlier is not null)
        {
            await earlier.WaitAsync(cancellationToken);
        }

        Task<KeyFetch> fetch;
        lock (_lock)
        {
            fetch = StartFetch();
        }

        return await fetch.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            _stop.Cancel();
        }

        _timer.Dispose();
    }

    private async ValueTask<KeySet?> FetchFirstAsync(CancellationToken cancellationToken)
    {
        Task<KeyFetch> fetch;
        lock (_lock)
        {
            if (_inFlight is null && _time.GetTimestamp() < _retryAt)
            {
                return null;
            }

            fetch = StartFetch();
        }

        await fetch.WaitAsync(cancellationToken);
        return Current;
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (!_stop.IsCancellationRequested)
            {
                _ = StartFetch();
            }
        }
    }

    // Under the lock. The fetch belongs to the ring, not to the request that asked first: it ends when the ring does.
    private Task<KeyFetch> StartFetch() => _inFlight ??= Task.Run(FetchAsync);

    private async Task<KeyFetch> FetchAsync()
    {
        KeyFetch fetch;
        try
        {
            fetch = await _fetcher.FetchAsync(JwksUri, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            fetch = KeyFetch.Failed("the provider was removed meanwhile");
        }
#pragma warning disable CA1031 // Whatever goes wrong must not leave the fetch in flight for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.KeyFetchBroke(_logger, exception, _providerId);
            fetch = KeyFetch.Failed("unexpected error");
        }

        lock (_lock)
        {
            _inFlight = null;
            if (!_stop.IsCancellationRequested)
            {
                Apply(fetch);
            }
        }

        return fetch;
    }

    private void Apply(KeyFetch fetch)
    {
        var now = _time.GetTimestamp();
        TimeSpan next;
        if (fetch.Keys is { } keys)
        {
            // The same object stays when nothing changed: remembered tokens are tied to it.
            if (_keys is not { } held || !keys.HasSameKeysAs(held))
            {
                _keys = keys;
                Log.KeysChanged(_logger, _providerId, keys.Keys.Count, keys.Skipped.Count);
            }

            _failures = 0;
            next = KeyLifetime.Jittered(fetch.RefreshAfter);
            Volatile.Write(ref _usableUntil, now + Ticks(next + _options.StaleLimit));
            _status = new KeyStatus(null, _time.GetUtcNow(), fetch.Failure, IsForbidden: false);
        }
        else
        {
            next = FirstRetry * Math.Min(1 << Math.Min(_failures, 10), LongestRetry / FirstRetry);
            _failures++;
            _retryAt = now + Ticks(next);
            _status = _status with { LastFailure = fetch.Failure, IsForbidden = fetch.IsForbidden };
            Log.KeyFetchFailed(_logger, _providerId, JwksUri, fetch.Failure!, _keys is not null);
        }

        _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}

/// <summary>What is known about a provider's keys.</summary>
internal sealed record KeyStatus(KeySet? Keys, DateTimeOffset? LastRefresh, string? LastFailure, bool IsForbidden);
