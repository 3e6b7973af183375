namespace Sluice.Cel.Fuzz;

/// <summary>SplitMix64: small, quick, the same everywhere.</summary>
internal sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>From 0 to below <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)(NextBits() % (ulong)limit);

    public bool OneIn(int count) => Next(count) == 0;

    public T Pick<T>(ReadOnlySpan<T> items) => items[Next(items.Length)];
}
