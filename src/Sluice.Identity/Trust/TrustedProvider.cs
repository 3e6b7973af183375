using Sluice.Identity.Keys;
using Sluice.Identity.Pools;
using Sluice.State;

namespace Sluice.Identity.Trust;

/// <summary>A provider made ready for requests: its keys and its compiled pools. Replaced whole when it or one of its pools changes.</summary>
internal sealed class TrustedProvider(IdentityProvider provider, KeyRing keys, ClaimPath? identityClaim, TrustedPool[] pools)
{
    private PoolIndex? _poolIndex;

    public IdentityProvider Provider { get; } = provider;

    public KeyRing Keys { get; } = keys;

    /// <summary>Names callers whom no single named pool does; null when what is configured is no path.</summary>
    public ClaimPath? IdentityClaim { get; } = identityClaim;

    /// <summary>By id, in ordinal order.</summary>
    public TrustedPool[] Pools { get; } = pools;

    /// <summary>Which of <see cref="Pools"/> can match a token. Made by the first token that names no pool: a change to one of many pools must be cheap.</summary>
    public PoolIndex PoolIndex => LazyInitializer.EnsureInitialized(ref _poolIndex, () => PoolIndex.Of(Pools));

    /// <summary>Only read; not frozen, which would cost every change to one of many pools more than it saves.</summary>
    public Dictionary<string, TrustedPool> PoolsById { get; } = pools.ToDictionary(pool => pool.Pool.Id, StringComparer.Ordinal);
}
