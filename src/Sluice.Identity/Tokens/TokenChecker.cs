using Sluice.Identity.Binding;
using Sluice.Identity.Explain;
using Sluice.Identity.Keys;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Tokens;

/// <summary>Judges a well-formed token: 1 issuer, 2 algorithm, 3 key, 4 signature, 5 times, 6 kind, 7 claims, 8 binding's form.</summary>
internal sealed class TokenChecker(IdentityOptions options, TimeProvider time)
{
    /// <param name="token">The token; stays the caller's to dispose.</param>
    /// <param name="text">Its text.</param>
    /// <param name="directory">The trusted providers.</param>
    /// <param name="denied">The deny-list.</param>
    /// <param name="trail">Hears of each check, for explain; null on the request's path.</param>
    /// <param name="cancellationToken">Ends waiting for keys.</param>
    public async ValueTask<Verdict> CheckAsync(
        UnverifiedToken token, string text, IssuerDirectory directory, DeniedTokens denied, ITrail? trail, CancellationToken cancellationToken)
    {
        // 1. issuer: read before it is proved, as the name of the keys to prove it with.
        if (ClaimRules.Issuer(token.Claims) is not { } issuer)
        {
            return Refuse("issuer", new Refusal(RefusalRule.UntrustedIssuer, "The claim iss is missing or not a string."), null, trail);
        }

        if (!directory.ByIssuer.TryGetValue(issuer, out var provider))
        {
            return Refuse(
                "issuer",
                new Refusal(RefusalRule.UntrustedIssuer, $"No identity provider has the issuer '{SafeText.Of(issuer)}'; it is compared byte for byte."),
                null,
                trail);
        }

        trail?.Passed("issuer", $"{issuer} is the issuer of {provider.Provider.Id} ({provider.Provider.DisplayName}).");

        // 2. algorithm
        var header = token.Header;
        if (provider.Provider.AllowedAlgorithms is { Count: > 0 } allowed && !allowed.Contains(header.Algorithm.Name, StringComparer.Ordinal))
        {
            return Refuse(
                "algorithm",
                new Refusal(
                    RefusalRule.ForbiddenAlgorithm,
                    $"The algorithm {header.Algorithm.Name} is not one the provider may use: {string.Join(", ", allowed)}."),
                provider,
                trail);
        }

        trail?.Passed("algorithm", $"{header.Algorithm.Name} is allowed.");

        // 3. key
        var keys = await provider.Keys.GetAsync(cancellationToken);
        if (keys is null)
        {
            return Refuse("key", Unavailable(provider), provider, trail);
        }

        if (IsUnknown(keys, header))
        {
            keys = await provider.Keys.RefreshForUnknownKeyAsync(cancellationToken);
            if (keys is null)
            {
                return Refuse("key", Unavailable(provider), provider, trail);
            }
        }

        if (CheckKeys(keys, header) is { } noKey)
        {
            return Refuse("key", noKey, provider, trail);
        }

        trail?.Passed("key", header.KeyId is { } keyId ? $"The provider publishes the key {SafeText.Of(keyId)}." : "Exactly one key fits.");

        // 4. signature
        VerificationKey? signer = null;
        foreach (var key in keys.Candidates(header))
        {
            if (key.Verify(header.Algorithm, token.Text, token.SignedLength, token.Signature))
            {
                signer = key;
                break;
            }
        }

        if (signer is null)
        {
            return Refuse("signature", new Refusal(RefusalRule.BadSignature, "The signature is not the provider's."), provider, trail);
        }

        trail?.Passed("signature", "The signature is the provider's.");

        // 5.–8. From here on the claims are the issuer's own words.
        var claims = token.Claims;
        var now = time.GetUtcNow();
        if (TokenTimes.Check(claims, options, now, out var times) is { } notNow)
        {
            return Refuse("times", notNow, provider, trail);
        }

        trail?.Passed("times", $"It is good until {NumericDate.ToTime(times.Until):O}, {options.ClockSkew.TotalSeconds} s of clock skew included.");
        if (AccessTokenRule.Check(header, claims, provider.Provider.RequireAccessTokenType) is { } anotherKind)
        {
            return Refuse("kind", anotherKind, provider, trail);
        }

        trail?.Passed("kind", "Nothing says that it is anything but an access token.");
        if (ClaimRules.CheckSubject(claims) is { } badSubject)
        {
            return Refuse("subject", badSubject, provider, trail);
        }

        trail?.Passed("subject", "sub is absent or a plain name.");
        if (ClaimRules.CheckAudience(claims, provider.Provider) is { } wrongAudience)
        {
            return Refuse("audience", wrongAudience, provider, trail);
        }

        trail?.Passed("audience", provider.Provider.ExpectedAudiences.Count == 0
            ? "The provider expects no particular aud: only pool filters look at it."
            : "aud holds one that the provider expects.");
        if (ClaimRules.CheckDenied(claims, denied) is { } revoked)
        {
            return Refuse("deny-list", revoked, provider, trail);
        }

        trail?.Passed("deny-list", "Neither its jti nor its sub is denied.");
        if (TokenBinding.Read(claims, out var binding) is { } unboundable)
        {
            return Refuse("binding", unboundable, provider, trail);
        }

        var remembered = Math.Min(times.Until, now.Add(options.TokenCacheLifetime).ToUnixTimeMilliseconds());
        return new Verdict(new CheckedToken(
            text, issuer, token.Payload, times, remembered, binding, signer, new TokenView(directory, provider, keys, denied, [])));
    }

    private static bool IsUnknown(KeySet keys, TokenHeader header) =>
        header.KeyId is { } keyId ? !keys.HasKeyId(keyId) : !keys.Candidates(header).Any();

    private static Refusal? CheckKeys(KeySet keys, TokenHeader header)
    {
        var fitting = keys.Candidates(header).Count();
        if (header.KeyId is null)
        {
            return fitting switch
            {
                1 => null,
                0 => new Refusal(RefusalRule.UnknownKey, $"It has no kid, and no key of the provider fits {header.Algorithm.Name}."),
                _ => new Refusal(RefusalRule.UnknownKey, $"It has no kid, and {fitting} keys of the provider fit {header.Algorithm.Name}."),
            };
        }

        if (fitting > 0)
        {
            return null;
        }

        return keys.HasKeyId(header.KeyId)
            ? new Refusal(
                RefusalRule.ForbiddenAlgorithm, $"The provider's key {SafeText.Of(header.KeyId)} is not for {header.Algorithm.Name}.")
            : new Refusal(
                RefusalRule.UnknownKey,
                $"The provider does not publish the key {SafeText.Of(header.KeyId)}, or it was not fetched yet.");
    }

    private static Refusal Unavailable(TrustedProvider provider) =>
        new(RefusalRule.KeysUnavailable, $"The keys at {provider.Keys.JwksUri} cannot be fetched, and none are held.")
        {
            RetryAfter = provider.Keys.RetryAfter,
        };

    private static Verdict Refuse(string check, Refusal refusal, TrustedProvider? provider, ITrail? trail)
    {
        var full = provider is null ? refusal : refusal with { ProviderId = provider.Provider.Id };
        trail?.Failed(check, full);
        return new Verdict(full);
    }

    /// <summary>Either.</summary>
    internal readonly struct Verdict
    {
        public Verdict(CheckedToken token) => Token = token;

        public Verdict(Refusal refusal) => Refusal = refusal;

        public CheckedToken? Token { get; }

        public Refusal? Refusal { get; }
    }
}
