using System.Collections.Immutable;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Pools;

/// <summary>One provider's pools made ready for requests. Immutable; a change to one of many costs what it changes.</summary>
internal sealed class PoolSet
{
    private PoolIndex? _index;

    private PoolSet(ImmutableSortedDictionary<string, TrustedPool> byId, PoolIndex? index)
    {
        ById = byId;
        _index = index;
    }

    public static PoolSet Empty { get; } = Of([]);

    /// <summary>By id, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, TrustedPool> ById { get; }

    /// <summary>Which of them can match a token. Made by the first token that names no pool, and kept up to date from there on.</summary>
    public PoolIndex Index => LazyInitializer.EnsureInitialized(ref _index, () => PoolIndex.Of(ById.Values));

    public static PoolSet Of(IEnumerable<TrustedPool> pools) =>
        new(pools.ToImmutableSortedDictionary(pool => pool.Pool.Id, pool => pool, StringComparer.Ordinal), null);

    /// <summary>The same with a pool put in place of the one with its id, if any.</summary>
    public PoolSet Put(TrustedPool pool) =>
        new(ById.SetItem(pool.Pool.Id, pool), Volatile.Read(ref _index)?.Replace(ById.GetValueOrDefault(pool.Pool.Id), pool));

    /// <summary>The same without the pool of this id.</summary>
    public PoolSet Remove(string id) =>
        ById.TryGetValue(id, out var pool) ? new(ById.Remove(id), Volatile.Read(ref _index)?.Replace(pool, null)) : this;
}
