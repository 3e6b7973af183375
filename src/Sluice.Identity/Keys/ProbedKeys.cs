using System.Collections.Concurrent;

namespace Sluice.Identity.Keys;

/// <summary>Key sets fetched before their provider was saved. The provider's key ring begins with them, so that saving costs one fetch.</summary>
internal sealed class ProbedKeys(TimeProvider time)
{
    private const int MaxEntries = 64;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (KeyFetch Fetch, long At)> _fetches = new(StringComparer.Ordinal);

    public void Keep(string jwksUri, KeyFetch fetch)
    {
        foreach (var (uri, kept) in _fetches)
        {
            if (_fetches.Count >= MaxEntries || time.GetElapsedTime(kept.At) > KeptFor)
            {
                _fetches.TryRemove(uri, out _);
            }
        }

        _fetches[jwksUri] = (fetch, time.GetTimestamp());
    }

    /// <summary>What was just fetched from there; null when nothing was, or too long ago.</summary>
    public KeyFetch? Take(string jwksUri) =>
        _fetches.TryRemove(jwksUri, out var kept) && time.GetElapsedTime(kept.At) <= KeptFor ? kept.Fetch : null;
}
