using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sluice.Identity.Keys;
using Sluice.Identity.Pools;
using Sluice.State;

namespace Sluice.Identity.Trust;

/// <summary>The trusted providers by issuer, as of one state. Immutable.</summary>
internal sealed record IssuerDirectory(
    ImmutableDictionary<string, IdentityProvider> Providers,
    ImmutableDictionary<string, IdentityPool> Pools,
    FrozenDictionary<string, TrustedProvider> ByIssuer)
{
    public static IssuerDirectory Empty { get; } = new(
        GatewayState.Empty.IdentityProviders, GatewayState.Empty.IdentityPools, FrozenDictionary<string, TrustedProvider>.Empty);
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

            var poolsByProvider = newest.IdentityPools.Values.ToLookup(pool => pool.ProviderId, StringComparer.Ordinal);
            var before = old.ByIssuer;
            var byIssuer = new Dictionary<string, TrustedProvider>(StringComparer.Ordinal);
            foreach (var provider in newest.IdentityProviders.Values.OrderBy(provider => provider.Id, StringComparer.Ordinal).SelectMany(ByIssuer))
            {
                if (byIssuer.TryGetValue(provider.Issuer, out var other))
                {
                    Log.IssuerTwice(logger, other.Provider.Id, provider.Id);
                    continue;
                }

                byIssuer.Add(provider.Issuer, Prepare(provider, poolsByProvider[provider.Id], before.GetValueOrDefault(provider.Issuer)));
            }

            _current = new IssuerDirectory(
                newest.IdentityProviders, newest.IdentityPools, byIssuer.ToFrozenDictionary(StringComparer.Ordinal));
            var kept = byIssuer.Values.Select(provider => provider.Keys).ToHashSet();
            foreach (var gone in before.Values.Where(provider => !kept.Contains(provider.Keys)))
            {
                gone.Keys.Dispose();
            }

            return _current;
        }
    }

    /// <summary>A provider with several issuers is looked up as several: each has its own keys, all have its pools.</summary>
    private static IEnumerable<IdentityProvider> ByIssuer(IdentityProvider provider) =>
        provider.OtherIssuers
            .Select(other => provider with { Issuer = other.Issuer, JwksUri = other.JwksUri, OtherIssuers = [] })
            .Prepend(provider);

    // What did not change is kept, so that a new pool costs one compilation and other providers' remembered tokens stay good.
    private TrustedProvider Prepare(IdentityProvider provider, IEnumerable<IdentityPool> pools, TrustedProvider? before)
    {
        var known = before?.PoolsById ?? [];
        var replaced = new Dictionary<string, TrustedPool>(StringComparer.Ordinal);
        var added = new List<TrustedPool>();
        var count = 0;
        foreach (var pool in pools)
        {
            count++;
            if (!known.TryGetValue(pool.Id, out var same))
            {
                added.Add(Ready(pool));
            }
            else if (!ReferenceEquals(same.Pool, pool))
            {
                replaced.Add(pool.Id, Ready(pool));
            }
        }

        var removes = count - added.Count < known.Count;
        if (before is not null && before.Provider.Equals(provider) && added.Count == 0 && replaced.Count == 0 && !removes)
        {
            return before;
        }

        // The order is there already unless pools came or went: sorting ten thousand for one that changed would be the dearest part.
        var trusted = added.Count == 0 && !removes
            ? before is null ? [] : Array.ConvertAll(before.Pools, Newest)
            : [.. pools.Select(pool => known.TryGetValue(pool.Id, out var same) ? Newest(same) : null).OfType<TrustedPool>().Concat(added).OrderBy(pool => pool.Pool.Id, StringComparer.Ordinal)];

        var keys = before is not null && string.Equals(before.Keys.JwksUri, provider.JwksUri, StringComparison.Ordinal)
            && string.Equals(before.Provider.Issuer, provider.Issuer, StringComparison.Ordinal)
                ? before.Keys
                : rings.Create(provider);
        return new TrustedProvider(
            provider, keys, provider.IdentityClaim is null ? ClaimPath.Subject : Path(provider.Id, provider.IdentityClaim), trusted);

        TrustedPool Ready(IdentityPool pool) => new(pool, PoolFilter.Compile(pool, logger), Path(pool.Id, pool.IdentityClaim));

        TrustedPool Newest(TrustedPool pool) => replaced.GetValueOrDefault(pool.Pool.Id, pool);
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
