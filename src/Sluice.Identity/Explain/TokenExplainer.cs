using Sluice.Identity.Pools;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Explain;

/// <summary>Sends a token the way that <see cref="Authenticator"/> sends it, with a <see cref="Trail"/> listening.</summary>
internal sealed class TokenExplainer(Directories directories, CurrentDenyList denyList, IdentityOptions options, TimeProvider time) : ITokenExplainer
{
    private readonly TokenChecker _checker = new(options, time);

    public async Task<TokenExplanation> ExplainAsync(string token, string? pools, CancellationToken cancellationToken)
    {
        var trail = new Trail();
        if (UnverifiedToken.Read(token, options.MaxTokenBytes, out var unverified) is { } malformed)
        {
            trail.Failed(TokenCheck.Structure, malformed);
            foreach (var check in Enum.GetValues<TokenCheck>().Where(check => check != TokenCheck.Structure))
            {
                trail.Skipped(check, "The token cannot be read.");
            }

            return new TokenExplanation { IsAccepted = false, IsAuthentic = false, Refusal = malformed, Checks = trail.Checks };
        }

        using (unverified)
        {
            return await ExplainAsync(unverified!, token, pools, trail, cancellationToken);
        }
    }

    private async Task<TokenExplanation> ExplainAsync(
        UnverifiedToken token, string text, string? pools, Trail trail, CancellationToken cancellationToken)
    {
        trail.Passed(TokenCheck.Structure, "It is a well-formed signed JWT.");
        var directory = directories.Current;
        var verdict = await _checker.CheckAsync(token, text, start: 0, directory, denyList.Current, trail, cancellationToken);
        var issuer = ClaimRules.Issuer(token.Claims);
        var provider = directory.ProviderOf(token.Claims);
        var match = provider is null ? (PoolMatcher.Match?)null : PoolMatcher.Find(token.Claims, provider, pools, options, trail);
        Tell(trail, match);

        var refusal = verdict.Refusal ?? match?.Refusal;
        var header = token.Header;
        return new TokenExplanation
        {
            IsAccepted = refusal is null,
            IsAuthentic = trail.Checks.Any(check => check is { Check: TokenCheck.Signature, Outcome: CheckOutcome.Passed }),
            Refusal = refusal,
            Header = new TokenHeaderSummary(header.AlgorithmName, header.KeyId, header.Type),
            Issuer = issuer,
            Provider = provider?.Provider,
            IssuerCandidates = issuer is null || provider is not null ? [] : NearbyIssuers.Of(issuer, directory),
            Checks = trail.Checks,
            Pools = trail.Pools,
            Principals = refusal is null ? match!.Value.Principals! : [],
            Identity = refusal is null ? match!.Value.Identity : null,
            Expires = verdict.Token is { } good && refusal is null ? NumericDate.ToTime(good.Times.Until) : null,
            Proofs = [.. Proofs(verdict.Token)],
        };
    }

    private static void Tell(Trail trail, PoolMatcher.Match? match)
    {
        switch (match)
        {
            case null:
                trail.Skipped(TokenCheck.Pools, "Without a provider there are no pools to look at.");
                trail.Skipped(TokenCheck.Identity, "No pool was found to act as.");
                break;
            case { Refusal: { } refusal, HasPools: false }:
                trail.Failed(TokenCheck.Pools, refusal);
                trail.Skipped(TokenCheck.Identity, "No pool was found to act as.");
                break;
            case { Refusal: var unnamed, Identity: var identity }:
                trail.Passed(TokenCheck.Pools, $"Pools that match: {string.Join(", ", trail.Pools.Where(pool => pool.IsMatch).Select(pool => pool.Id))}.");
                if (unnamed is not null)
                {
                    trail.Failed(TokenCheck.Identity, unnamed);
                }
                else
                {
                    trail.Passed(TokenCheck.Identity, $"The {identity!.Source}'s identity claim {identity.Claim} names the caller {SafeText.Of(identity.Value)}.");
                }

                break;
        }
    }

    private static IEnumerable<string> Proofs(CheckedToken? token)
    {
        if (token?.Binding?.KeyThumbprint is not null)
        {
            yield return "dpop";
        }

        if (token?.Binding?.CertificateThumbprint is not null)
        {
            yield return "client_certificate";
        }
    }
}
