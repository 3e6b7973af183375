using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sluice.Identity.Keys;
using Sluice.Identity.Pools;
using Sluice.Identity.Tokens;
using Sluice.State;

namespace Sluice.Identity.Trust;

/// <summary>The trusted providers by issuer, as of one state. Immutable.</summary>
/// <param name="Providers">What the state said.</param>
/// <param name="Pools">What the state said.</param>
/// <param name="ByIssuer">Providers made ready.</param>
/// <param name="PoolsByProvider">Pools made ready, by their provider's id.</param>
internal sealed record IssuerDirectory(
    ImmutableDictionary<string, IdentityProvider> Providers,
    ImmutableDictionary<string, IdentityPool> Pools,
    ImmutableDictionary<string, TrustedProvider> ByIssuer,
    ImmutableDictionary<string, PoolSet> PoolsByProvider)
{
    public static IssuerDirectory Empty { get; } = new(
        GatewayState.Empty.IdentityProviders,
        GatewayState.Empty.IdentityPools,
        ImmutableDictionary.Create<string, TrustedProvider>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, PoolSet>(StringComparer.Ordinal));

    /// <summary>The provider whose issuer is the claims' <c>iss</c>, byte for byte; null when it is nobody's.</summary>
    public TrustedProvider? ProviderOf(JsonElement claims) => ClaimRules.Issuer(claims) is { } issuer ? ByIssuer.GetValueOrDefault(issuer) : null;
}

/// <summary>Keeps the directory in step with the administrators' state, and owns the providers' key rings.</summary>
internal sealed class Directories(IStateSource state, KeyRingFactory rings, ILogger<Directories> logger) : IDisposable
{
    private readonly Lock _lock = new();
    private volatile IssuerDirectory _current = IssuerDirectory.Empty;

    /// <summary>What the newest state says. A change that was acknowledged is in it.</summary>
    /// <remarks>HOT: two reference comparisons unless a provider or pool changed.</remarks>
    public IssuerDirectory Current
    {
        get
        {
            var newest = state.Current;
            var directory = _current;
            return ReferenceEquals(directory.Providers, newest.IdentityProviders) && ReferenceEquals(directory.Pools, newest.IdentityPools)
                ? directory
                : Rebuild();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var provider in _current.ByIssuer.Values)
            {
                provider.Keys.Dispose();
            }
        }
    }

    private IssuerDirectory Rebuild()
    {
        lock (_lock)
        {
            // Read again: of several that wait here, the first does the work for all.
            var newest = state.Current;
            var old = _current;
            if (ReferenceEquals(old.Providers, newest.IdentityProviders) && ReferenceEquals(old.Pools, newest.IdentityPools))
            {
                return old;
            }

            var pools = FollowPools(old, newest);
            var byIssuer = ReferenceEquals(old.Providers, newest.IdentityProviders)
                ? WithPools(old, pools)
                : FollowProviders(old, newest, pools);
            _current = new IssuerDirectory(newest.IdentityProviders, newest.IdentityPools, byIssuer, pools);
            if (!ReferenceEquals(old.Providers, newest.IdentityProviders))
            {
                var kept = byIssuer.Values.Select(provider => provider.Keys).ToHashSet();
                foreach (var gone in old.ByIssuer.Values.Where(provider => !kept.Contains(provider.Keys)))
                {
                    gone.Keys.Dispose();
                }
            }

            return _current;
        }
    }

    // What did not change is kept, so that a new pool costs one compilation and other providers' remembered tokens stay good.
    private ImmutableDictionary<string, PoolSet> FollowPools(IssuerDirectory old, GatewayState newest)
    {
        if (newest.RecentPoolChanges.Between(old.Pools, newest.IdentityPools) is not { } touched)
        {
            return newest.IdentityPools.Values
                .GroupBy(pool => pool.ProviderId, StringComparer.Ordinal)
                .ToImmutableDictionary(group => group.Key, group => FollowAll(old.PoolsByProvider.GetValueOrDefault(group.Key, PoolSet.Empty), [.. group]), StringComparer.Ordinal);
        }

        var sets = old.PoolsByProvider.ToBuilder();
        foreach (var id in touched)
        {
            var after = newest.IdentityPools.GetValueOrDefault(id);
            if (old.Pools.TryGetValue(id, out var before) && before.ProviderId != after?.ProviderId && sets.TryGetValue(before.ProviderId, out var left))
            {
                Keep(before.ProviderId, left.Remove(id));
            }

            if (after is not null)
            {
                var set = sets.GetValueOrDefault(after.ProviderId, PoolSet.Empty);
                sets[after.ProviderId] = set.Put(Ready(after, set.ById.GetValueOrDefault(id)));
            }
        }

        return sets.ToImmutable();

        void Keep(string providerId, PoolSet set)
        {
            if (set.ById.IsEmpty)
            {
                sets.Remove(providerId);
            }
            else
            {
                sets[providerId] = set;
            }
        }
    }

    private PoolSet FollowAll(PoolSet old, IReadOnlyList<IdentityPool> pools) =>
        pools.Count == old.ById.Count && pools.All(pool => ReferenceEquals(old.ById.GetValueOrDefault(pool.Id)?.Pool, pool))
            ? old
            : PoolSet.Of(pools.Select(pool => Ready(pool, old.ById.GetValueOrDefault(pool.Id))));

    private TrustedPool Ready(IdentityPool pool, TrustedPool? before) =>
        ReferenceEquals(before?.Pool, pool) ? before!
        : new TrustedPool(
            pool, before?.Pool.Filter == pool.Filter ? before.Filter : PoolFilter.Compile(pool, logger), Path(pool.Id, pool.IdentityClaim));

    // No provider changed: those whose pools did are given the new ones.
    private static ImmutableDictionary<string, TrustedProvider> WithPools(IssuerDirectory old, ImmutableDictionary<string, PoolSet> pools)
    {
        var byIssuer = old.ByIssuer.ToBuilder();
        foreach (var (issuer, trusted) in old.ByIssuer)
        {
            var set = pools.GetValueOrDefault(trusted.Provider.Id, PoolSet.Empty);
            if (!ReferenceEquals(set, trusted.Pools))
            {
                byIssuer[issuer] = new TrustedProvider(trusted.Provider, trusted.Keys, trusted.IdentityClaim, set);
            }
        }

        return byIssuer.ToImmutable();
    }

    private ImmutableDictionary<string, TrustedProvider> FollowProviders(
        IssuerDirectory old, GatewayState newest, ImmutableDictionary<string, PoolSet> pools)
    {
        var before = old.ByIssuer;
        var byIssuer = IssuerDirectory.Empty.ByIssuer.ToBuilder();
        foreach (var provider in newest.IdentityProviders.Values.OrderBy(provider => provider.Id, StringComparer.Ordinal).SelectMany(ByIssuer))
        {
            if (byIssuer.TryGetValue(provider.Issuer, out var other))
            {
                Log.IssuerTwice(logger, other.Provider.Id, provider.Id);
                continue;
            }

            byIssuer.Add(
                provider.Issuer,
                Prepare(provider, pools.GetValueOrDefault(provider.Id, PoolSet.Empty), before.GetValueOrDefault(provider.Issuer)));
        }

        return byIssuer.ToImmutable();
    }

    /// <summary>A provider with several issuers is looked up as several: each has its own keys, all have its pools.</summary>
    private static IEnumerable<IdentityProvider> ByIssuer(IdentityProvider provider) =>
        provider.OtherIssuers
            .Select(other => provider with { Issuer = other.Issuer, JwksUri = other.JwksUri, OtherIssuers = [] })
            .Prepend(provider);

    private TrustedProvider Prepare(IdentityProvider provider, PoolSet pools, TrustedProvider? before)
    {
        if (before is not null && before.Provider.Equals(provider) && ReferenceEquals(before.Pools, pools))
        {
            return before;
        }

        var keys = before is not null && string.Equals(before.Keys.JwksUri, provider.JwksUri, StringComparison.Ordinal)
            && string.Equals(before.Provider.Issuer, provider.Issuer, StringComparison.Ordinal)
                ? before.Keys
                : rings.Create(provider);
        return new TrustedProvider(
            provider, keys, provider.IdentityClaim is null ? ClaimPath.Subject : Path(provider.Id, provider.IdentityClaim), pools);
    }

    private ClaimPath? Path(string resourceId, string text)
    {
        var path = ClaimPath.Parse(text);
        if (path is null)
        {
            Log.IdentityClaimInvalid(logger, resourceId);
        }

        return path;
    }
}

/// <summary>Makes a provider's key ring.</summary>
internal sealed class KeyRingFactory(KeyFetcher fetcher, ProbedKeys probed, IdentityOptions options, TimeProvider time, ILogger<KeyRing> logger)
{
    public KeyRing Create(IdentityProvider provider)
    {
        var ring = new KeyRing(provider.Id, provider.JwksUri, fetcher, options.Keys, time, logger);
        if (probed.Take(provider.JwksUri) is { } fetch)
        {
            ring.Begin(fetch);
        }

        return ring;
    }
}
