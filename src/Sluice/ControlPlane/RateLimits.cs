using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Sluice.ControlPlane;

/// <summary>How many control-plane requests a caller may make in a window of time, counted from its first.</summary>
/// <remarks>Own code, because the platform's limiters do not tell when a window ends, which <c>X-RateLimit-Reset</c> says.</remarks>
internal sealed class RateLimits(IOptions<ControlOptions> options, TimeProvider time)
{
    private const int MaxCallers = 100_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>Counts one request.</summary>
    /// <param name="caller">A principal, or the address of somebody unknown.</param>
    public RateTurn Take(string caller)
    {
        var settings = options.Value.RateLimit;
        var now = time.GetTimestamp();
        if (_windows.Count >= MaxCallers)
        {
            Forget(settings.Window);
        }

        while (true)
        {
            var window = _windows.GetOrAdd(caller, static (_, start) => new Window(start), now);
            var passed = time.GetElapsedTime(window.Start, now);
            if (passed >= settings.Window)
            {
                _windows.TryUpdate(caller, new Window(now), window);
                continue;
            }

            var used = Interlocked.Increment(ref window.Used);
            var reset = (int)Math.Ceiling((settings.Window - passed).TotalSeconds);
            return new RateTurn(used <= settings.Requests, settings.Requests, Math.Max(0, settings.Requests - used), reset);
        }
    }

    private void Forget(TimeSpan length)
    {
        foreach (var (caller, window) in _windows)
        {
            if (time.GetElapsedTime(window.Start) >= length)
            {
                _windows.TryRemove(caller, out _);
            }
        }
    }

    private sealed class Window(long start)
    {
        public readonly long Start = start;
        public int Used;
    }
}

/// <param name="IsAllowed">False: answer 429.</param>
/// <param name="Limit">Requests in a window.</param>
/// <param name="Remaining">What is left of them.</param>
/// <param name="ResetSeconds">Seconds until the window ends, from now.</param>
internal sealed record RateTurn(bool IsAllowed, int Limit, int Remaining, int ResetSeconds)
{
    /// <summary>Writes <c>X-RateLimit-*</c>, and <c>Retry-After</c> for those who have to wait.</summary>
    public void Write(IHeaderDictionary headers)
    {
        headers["X-RateLimit-Limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = ResetSeconds.ToString(CultureInfo.InvariantCulture);
        if (!IsAllowed)
        {
            headers.RetryAfter = Math.Max(1, ResetSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
