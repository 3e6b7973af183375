using Sluice.Identity.Binding;
using Sluice.Identity.Explain;
using Sluice.Identity.Keys;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Judges a well-formed token: 1 issuer, 2 algorithm, 3 type, 4 key, 5 signature, 6 times, 7 kind, 8 subject, 9 audience, 10 deny-list, 11 the form of its
/// binding. The first check that fails ends it, unless somebody listens: then the later ones are tried as well, for explain.
/// </summary>
internal sealed class TokenChecker(IdentityOptions options, TimeProvider time)
{
    /// <param name="token">The token; stays the caller's to dispose.</param>
    /// <param name="field">The <c>Authorization</c> field that it came in, or the token itself.</param>
    /// <param name="start">Where in it the token begins.</param>
    /// <param name="directory">The trusted providers.</param>
    /// <param name="denied">The deny-list.</param>
    /// <param name="trail">Hears of each check, for explain; null on the request's path.</param>
    /// <param name="cancellationToken">Ends waiting for keys.</param>
    public async ValueTask<Verdict> CheckAsync(
        UnverifiedToken token, string field, int start, IssuerDirectory directory, DeniedTokens denied, ITrail? trail, CancellationToken cancellationToken)
    {
        var run = new CheckRun(trail);

        // 1. issuer: read before it is proved, as the name of the keys to prove it with.
        var provider = directory.ProviderOf(token.Claims);
        run.Provider = provider;
        if (run.Ends(TokenCheck.Issuer, provider is null ? UntrustedIssuer(ClaimRules.Issuer(token.Claims)) : null))
        {
            return run.Verdict;
        }

        if (provider is not null)
        {
            trail?.Passed(TokenCheck.Issuer, $"{provider.Provider.Issuer} is the issuer of {provider.Provider.Id} ({provider.Provider.DisplayName}).");
        }

        // 2. algorithm
        var header = token.Header;
        if (run.Ends(TokenCheck.Algorithm, header.CheckAlgorithm() ?? CheckAllowed(header, provider)))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.Algorithm, $"{header.AlgorithmName} is allowed.");

        // 3. type
        if (run.Ends(TokenCheck.Type, header.CheckType()))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.Type, header.Type is { } type ? $"The header's typ is {SafeText.Of(type)}." : "The header has no typ.");

        // 4. and 5. key and signature
        var proof = new Proof(null, null);
        if (provider is null || header.Algorithm is null)
        {
            trail?.Skipped(TokenCheck.Key, "Without issuer and algorithm there is no key to look for.");
            trail?.Skipped(TokenCheck.Signature, "There is no key to verify it with. What follows is what the token says, not what is proved.");
        }
        else
        {
            proof = await ProveAsync(token, provider, run, cancellationToken);
            if (run.Refusal is not null && trail is null)
            {
                return run.Verdict;
            }
        }

        // 6.–11. From here on the claims are the issuer's own words.
        var now = time.GetUtcNow();
        var claims = token.Claims;
        if (run.Ends(TokenCheck.Times, TokenTimes.Check(claims, options, now, out var times)))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.Times, $"It is good until {NumericDate.ToTime(times.Until):O}, {options.ClockSkew.TotalSeconds} s of clock skew included.");
        if (run.Ends(TokenCheck.Kind, AccessTokenRule.Check(header, claims, provider?.Provider.RequireAccessTokenType ?? false)))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.Kind, "Nothing says that it is anything but an access token.");
        if (run.Ends(TokenCheck.Subject, ClaimRules.CheckSubject(claims)))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.Subject, "sub is absent, empty or a plain name.");
        if (run.Ends(TokenCheck.Audience, ClaimRules.CheckAudience(claims, provider?.Provider.ExpectedAudiences ?? [])))
        {
            return run.Verdict;
        }

        if (provider is null)
        {
            run.IfPassed?.Skipped(TokenCheck.Audience, "Without a provider nothing says which aud to expect.");
        }
        else
        {
            run.IfPassed?.Passed(TokenCheck.Audience, provider.Provider.ExpectedAudiences.Count == 0
                ? "No particular aud is expected of the provider's tokens: only pool filters look at it, so an ID token that nothing else tells apart could pass."
                : "aud holds one that the provider expects.");
        }

        if (run.Ends(TokenCheck.DenyList, ClaimRules.CheckDenied(claims, denied)))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.DenyList, "Neither its jti nor its sub is denied.");
        if (run.Ends(TokenCheck.Binding, TokenBinding.Read(claims, out var binding)))
        {
            return run.Verdict;
        }

        run.IfPassed?.Passed(TokenCheck.Binding, binding switch
        {
            null => "It is a plain bearer token.",
            { KeyThumbprint: not null, CertificateThumbprint: not null } =>
                "It is bound to a key and a certificate: requests need a DPoP proof and the client certificate.",
            { KeyThumbprint: not null } => "It is bound to a key: requests need the scheme DPoP and a proof (RFC 9449).",
            _ => "It is bound to a certificate: the connection needs the client certificate (RFC 8705).",
        });

        if (run.Refusal is not null || proof is not { Keys: { } keys, Signer: { } signer })
        {
            return run.Verdict;
        }

        var remembered = Math.Min(times.Until, now.Add(options.TokenCacheLifetime).ToUnixTimeMilliseconds());
        return new Verdict(new CheckedToken(
            field, start, times, remembered, binding, signer, new TokenView(directory, provider!, keys, denied, []))
        {
            NamesKey = header.KeyId is not null,
        });
    }

    private static async ValueTask<Proof> ProveAsync(
        UnverifiedToken token, TrustedProvider provider, CheckRun run, CancellationToken cancellationToken)
    {
        var header = token.Header;
        var keys = await provider.Keys.GetAsync(cancellationToken);
        if (keys is not null && IsUnknown(keys, header))
        {
            keys = await provider.Keys.RefreshForUnknownKeyAsync(cancellationToken);
        }

        if (run.Fails(TokenCheck.Key, keys is null ? Unavailable(provider) : CheckKeys(keys, header)))
        {
            run.Trail?.Skipped(TokenCheck.Signature, "There is no key to verify it with. What follows is what the token says, not what is proved.");
            return new Proof(null, null);
        }

        run.Trail?.Passed(
            TokenCheck.Key, header.KeyId is { } keyId ? $"The provider publishes the key {SafeText.Of(keyId)}." : "Exactly one key fits.");
        if (keys!.FindSigner(token) is { } signer)
        {
            token.KeepHeader();
            run.Trail?.Passed(TokenCheck.Signature, "The signature is the provider's.");
            return new Proof(keys, signer);
        }

        run.Fails(TokenCheck.Signature, new Refusal(RefusalRule.BadSignature, "The signature is not the provider's."));
        return new Proof(null, null);
    }

    private static Refusal UntrustedIssuer(string? issuer) => issuer is null
        ? new Refusal(RefusalRule.UntrustedIssuer, "The claim iss is missing or not a string.")
        : new Refusal(RefusalRule.UntrustedIssuer, $"No identity provider has the issuer '{SafeText.Of(issuer)}'; it is compared byte for byte.");

    private static Refusal? CheckAllowed(TokenHeader header, TrustedProvider? provider) =>
        provider?.Provider.AllowedAlgorithms is { Count: > 0 } allowed && !header.Algorithm!.IsAmong(allowed)
            ? new Refusal(
                RefusalRule.ForbiddenAlgorithm,
                $"The algorithm {header.Algorithm.Name} is not one the provider may use: {string.Join(", ", allowed)}.")
            : null;

    private static bool IsUnknown(KeySet keys, TokenHeader header) =>
        header.KeyId is { } keyId ? !keys.HasKeyId(keyId) : keys.CountFor(header) == 0;

    private static Refusal? CheckKeys(KeySet keys, TokenHeader header)
    {
        var fitting = keys.CountFor(header);
        if (header.KeyId is null)
        {
            return fitting switch
            {
                1 => null,
                0 => new Refusal(RefusalRule.UnknownKey, $"It has no kid, and no key of the provider fits {header.AlgorithmName}."),
                _ => new Refusal(RefusalRule.UnknownKey, $"It has no kid, and {fitting} keys of the provider fit {header.AlgorithmName}."),
            };
        }

        if (fitting > 0)
        {
            return null;
        }

        return keys.HasKeyId(header.KeyId)
            ? new Refusal(
                RefusalRule.ForbiddenAlgorithm, $"The provider's key {SafeText.Of(header.KeyId)} is not for {header.AlgorithmName}.")
            : new Refusal(
                RefusalRule.UnknownKey,
                $"The provider does not publish the key {SafeText.Of(header.KeyId)}, or it was not fetched yet.");
    }

    private static Refusal Unavailable(TrustedProvider provider) =>
        new(RefusalRule.KeysUnavailable, $"The keys at {provider.Keys.JwksUri} cannot be fetched, and none are held.")
        {
            RetryAfter = provider.Keys.RetryAfter,
        };

    // The keys and the one that signed, or neither.
    private readonly record struct Proof(KeySet? Keys, VerificationKey? Signer);

    /// <summary>Either.</summary>
    internal readonly struct Verdict
    {
        public Verdict(CheckedToken token) => Token = token;

        public Verdict(Refusal refusal) => Refusal = refusal;

        public CheckedToken? Token { get; }

        public Refusal? Refusal { get; }
    }

    /// <summary>What one token's checks have come to.</summary>
    private sealed class CheckRun(ITrail? trail)
    {
        private bool _failed;

        public ITrail? Trail => trail;

        /// <summary>Who listens, unless the check that was noted last failed.</summary>
        public ITrail? IfPassed => _failed ? null : trail;

        public TrustedProvider? Provider { get; set; }

        /// <summary>The first refusal: what the client is answered.</summary>
        public Refusal? Refusal { get; private set; }

        public Verdict Verdict => new(Refusal!);

        /// <summary>Notes the outcome of a check; true when it failed.</summary>
        public bool Fails(TokenCheck check, Refusal? refusal)
        {
            _failed = refusal is not null;
            if (refusal is null)
            {
                return false;
            }

            var full = Provider is null ? refusal : refusal with { ProviderId = Provider.Provider.Id };
            Refusal ??= full;
            trail?.Failed(check, full);
            return true;
        }

        /// <summary>Notes the outcome of a check; true when it failed and nobody listens.</summary>
        public bool Ends(TokenCheck check, Refusal? refusal) => Fails(check, refusal) && trail is null;
    }
}
