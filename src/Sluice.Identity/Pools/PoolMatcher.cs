using System.Text.Json;
using Sluice.Identity.Credentials;
using Sluice.Identity.Explain;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Pools;

/// <summary>From the claims of a checked token to the pools it acts as: those the request names, or every pool of its provider that matches.</summary>
internal static class PoolMatcher
{
    /// <param name="claims">Verified claims.</param>
    /// <param name="provider">The provider that signed them; pools of other providers are never looked at.</param>
    /// <param name="header">The pool field's value; null when absent.</param>
    /// <param name="options">Limits.</param>
    /// <param name="trail">Records each pool and its outcome, for explain; null on the request's path.</param>
    public static Match Find(JsonElement claims, TrustedProvider provider, string? header, IdentityOptions options, ITrail? trail)
    {
        if (header is null)
        {
            return MapAll(claims, provider, options, trail);
        }

        if (trail is null && provider.Pools.ById.GetValueOrDefault(header) is { } one)
        {
            // HOT: a single id, as most requests have it, needs no reading: what is a pool's id is a well-formed one.
            return one.Filter.IsTrue(claims) ? Named(claims, provider, one) : Unmatched(claims, provider, one.IdentityClaim, [header]);
        }

        if (PoolHeader.Read(header, options.MaxNamedPools, out var ids) is { } malformed)
        {
            return new Match(malformed);
        }

        List<TrustedPool>? matched = null;
        foreach (var id in ids)
        {
            // Unknown, deleted, another provider's and not matching all look alike from outside.
            if (!provider.Pools.ById.TryGetValue(id, out var pool))
            {
                trail?.UnknownPool(id);
            }
            else if (IsMember(claims, pool, trail))
            {
                (matched ??= []).Add(pool);
            }
        }

        return matched switch
        {
            null => Unmatched(claims, provider, ids is [var id] ? provider.Pools.ById.GetValueOrDefault(id)?.IdentityClaim : provider.IdentityClaim, ids),
            [var only] => Named(claims, provider, only),
            _ => Combined(claims, provider, matched),
        };
    }

    private static Match MapAll(JsonElement claims, TrustedProvider provider, IdentityOptions options, ITrail? trail)
    {
        if (options.RequirePoolHeader)
        {
            Listen(claims, provider, options, trail);
            return new Match(Refusals.PoolHeaderRequired with { ProviderId = provider.Provider.Id });
        }

        if (provider.Pools.ById.Count > options.MaxMappedPools)
        {
            Listen(claims, provider, options, trail);
            return new Match(NoMatch(
                provider,
                $"The provider has {provider.Pools.ById.Count} pools, too many to match without Confluent-Identity-Pool-Id (Sluice:Identity:MaxMappedPools is {options.MaxMappedPools}).") with
            {
                PoolField = PoolFieldFault.Required,
            });
        }

        List<TrustedPool>? matched = null;
        if (trail is null)
        {
            foreach (var id in provider.Pools.Index.Candidates(claims))
            {
                var pool = provider.Pools.ById[id];
                if (pool.Filter.IsTrue(claims))
                {
                    (matched ??= []).Add(pool);
                }
            }
        }
        else
        {
            // Whoever listens wants to hear of those that cannot match as well.
            matched = [.. provider.Pools.ById.Values.Where(pool => IsMember(claims, pool, trail))];
            matched = matched.Count == 0 ? null : matched;
        }

        return matched is null
            ? new Match(Nameless(claims, provider, provider.IdentityClaim)
                ?? NoMatch(provider, $"None of the provider's {provider.Pools.ById.Count} pools has a filter that is true."))
            : Combined(claims, provider, matched);
    }

    private static bool IsMember(JsonElement claims, TrustedPool pool, ITrail? trail)
    {
        var member = pool.Filter.IsTrue(claims);
        trail?.Pool(pool, claims, member);
        return member;
    }

    // Refused before any filter is looked at, but whoever listens wants to know what the filters would give.
    private static void Listen(JsonElement claims, TrustedProvider provider, IdentityOptions options, ITrail? trail)
    {
        if (trail is not null)
        {
            foreach (var pool in provider.Pools.ById.Values.Take(options.MaxMappedPools))
            {
                IsMember(claims, pool, trail);
            }
        }
    }

    // One pool, named by the request: its own claim names the caller.
    private static Match Named(JsonElement claims, TrustedProvider provider, TrustedPool pool) =>
        Identified(claims, provider, pool.IdentityClaim, pool.Pool.IdentityClaim, "pool", pool.Principals);

    // Several pools, or found without being named: the provider's claim names the caller.
    private static Match Combined(JsonElement claims, TrustedProvider provider, List<TrustedPool> pools) => Identified(
        claims, provider, provider.IdentityClaim, provider.Provider.IdentityClaim ?? ClaimPath.Subject.Text, "provider",
        pools is [var only] ? only.Principals : [.. pools.Select(pool => pool.Pool.Principal)]);

    private static Match Identified(
        JsonElement claims, TrustedProvider provider, ClaimPath? path, string configured, string source, IReadOnlyList<string> principals) =>
        path?.Read(claims) is { } identity
            ? new Match(principals, new ExternalIdentity(configured, identity, source))
            : new Match(
                new Refusal(
                    RefusalRule.BadClaim,
                    $"The {source}'s identity claim {SafeText.Of(configured)} is missing, empty, longer than {ClaimRules.MaxIdentityLength} characters, or not a string, number or boolean.")
                {
                    ProviderId = provider.Provider.Id,
                },
                principals);

    private static Match Unmatched(JsonElement claims, TrustedProvider provider, ClaimPath? path, List<string> ids) => new(
        Nameless(claims, provider, path)
        ?? NoMatch(provider, $"None of the named pools ({string.Join(", ", ids)}) is a pool of this provider whose filter is true."));

    // A token without the sub that would name its caller is no good whatever the filters say, which mostly ask for sub as well. Other claims are not asked for
    // here: that would tell pools apart which must look alike.
    private static Refusal? Nameless(JsonElement claims, TrustedProvider provider, ClaimPath? path) =>
        path is not { IsSubject: true } || ClaimRules.HasSubject(claims)
            ? null
            : new Refusal(RefusalRule.BadClaim, "The claim sub is missing or empty, and nothing else names the caller.") { ProviderId = provider.Provider.Id };

    private static Refusal NoMatch(TrustedProvider provider, string detail) =>
        new(RefusalRule.NoPoolMatches, detail) { ProviderId = provider.Provider.Id };

    /// <summary>The principals and the caller's name, or the refusal.</summary>
    internal readonly struct Match
    {
        public Match(Refusal refusal, IReadOnlyList<string>? principals = null)
        {
            Refusal = refusal;
            Principals = principals;
        }

        public Match(IReadOnlyList<string> principals, ExternalIdentity identity)
        {
            Principals = principals;
            Identity = identity;
        }

        public Refusal? Refusal { get; }

        public IReadOnlyList<string>? Principals { get; }

        /// <summary>Pools match, whether or not the caller can be named.</summary>
        public bool HasPools => Principals is not null;

        public ExternalIdentity? Identity { get; }
    }
}
