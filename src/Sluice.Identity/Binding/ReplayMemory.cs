using Sluice.Identity.Tokens;

namespace Sluice.Identity.Binding;

/// <summary>Proofs seen lately, by hash. Two generations, each as long as a proof can be good.</summary>
internal sealed class ReplayMemory(int maxEntries, TimeSpan lifetime, TimeProvider time)
{
    private readonly Lock _lock = new();
    private HashSet<TokenHash> _young = new();
    private HashSet<TokenHash> _old = new();
    private long _youngSince = time.GetTimestamp();
    private int _added;

    /// <summary>True the first time; null when there is no room to remember it, so that it cannot be told.</summary>
    public bool? TryAdd(in TokenHash hash)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_youngSince) >= lifetime)
            {
                // Twice the lifetime without a turn: the young ones are too old as well.
                _old = time.GetElapsedTime(_youngSince) >= 2 * lifetime ? new() : _young;
                _young = new();
                _added = 0;
                _youngSince = time.GetTimestamp();
            }

            if (_old.Contains(hash) || _young.Contains(hash))
            {
                return false;
            }

            if (_added >= maxEntries / 2)
            {
                return null;
            }

            _added++;
            return _young.Add(hash);
        }
    }
}
