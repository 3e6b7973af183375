using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Sluice.Identity;
using Sluice.Identity.Explain;
using Sluice.Identity.Tokens;
using Sluice.State;
using Sluice.Sts;

namespace Sluice.Explain;

/// <summary>Explains the gateway's own tokens (<c>/sts/v1/oauth2/token</c>, logins) by the check that answers requests; all others by <see cref="ITokenExplainer"/>.</summary>
internal sealed class GatewayTokenExplainer(ITokenExplainer external, GatewayTokens tokens, GatewayAuthenticator authenticator, IStateSource source)
{
    private const string NotReached = "An earlier check failed.";

    // What each refusal of an own token is about. The order is that of the checks.
    private static readonly (TokenCheck Check, RefusalRule Rule)[] Refusals =
    [
        (TokenCheck.Signature, RefusalRule.BadSignature),
        (TokenCheck.Times, RefusalRule.Expired),
        (TokenCheck.Audience, RefusalRule.WrongAudience),
        (TokenCheck.DenyList, RefusalRule.Revoked),
        (TokenCheck.Pools, RefusalRule.NoPoolMatches),
        (TokenCheck.Pools, RefusalRule.MalformedRequest),
    ];

    /// <inheritdoc cref="ITokenExplainer.ExplainAsync"/>
    public Task<TokenExplanation> ExplainAsync(string token, string? pools, CancellationToken cancellationToken) =>
        tokens.LooksOwn(token) ? ExplainOwnAsync(token, pools, cancellationToken) : external.ExplainAsync(token, pools, cancellationToken);

    private async Task<TokenExplanation> ExplainOwnAsync(string token, string? pools, CancellationToken cancellationToken)
    {
        var claims = tokens.Read(token);
        var credentials = new PresentedCredentials($"Bearer {token}", pools is null ? default : new(pools));
        var plane = claims?.Use == TokenUse.Session ? Plane.Control : Plane.Data;
        var outcome = await authenticator.AuthenticateAsync(credentials, plane, cancellationToken);
        outcome.TryGet(out var caller, out var refusal);
        var pool = claims?.Use == TokenUse.Exchange ? source.Current.IdentityPools.GetValueOrDefault(claims.Subject) : null;
        var provider = pool is null ? null : source.Current.IdentityProviders.GetValueOrDefault(pool.ProviderId);
        return new TokenExplanation
        {
            IsAccepted = caller is not null,
            IsAuthentic = claims is not null,
            Refusal = refusal,
            Header = HeaderOf(token),
            Issuer = claims?.Issuer,
            Provider = provider,
            Checks = [.. Checks(claims, pool, refusal)],
            Pools = claims?.Use == TokenUse.Exchange ? [Explain(claims.Subject, pool, caller is not null)] : [],
            Principals = caller?.Principals ?? [],
            Identity = caller?.ExternalIdentity is { } identity && pool is not null ? new ExternalIdentity(pool.IdentityClaim, identity, "pool") : null,
            Expires = caller?.Expires,
        };
    }

    private static ExplainedPool Explain(string id, IdentityPool? pool, bool member) => new(
        id, pool, member, null,
        pool is null ? "The pool that the token was exchanged for is gone."
        : member ? "The token was exchanged for this pool; its filter was true then and has not changed."
        : "The token was exchanged for this pool and cannot be used for it now.");

    private static IEnumerable<ExplainedCheck> Checks(OwnClaims? claims, IdentityPool? pool, Refusal? refusal)
    {
        var failed = refusal is null ? (TokenCheck?)null : Array.Find(Refusals, one => one.Rule == refusal.Rule).Check;
        foreach (var check in Enum.GetValues<TokenCheck>())
        {
            yield return check == failed ? new ExplainedCheck(check, CheckOutcome.Failed, refusal!.Rule, refusal.Detail)
                : check > failed ? new ExplainedCheck(check, CheckOutcome.Skipped, null, NotReached)
                : new ExplainedCheck(check, CheckOutcome.Passed, null, Detail(check, claims, pool));
        }
    }

    private static string Detail(TokenCheck check, OwnClaims? claims, IdentityPool? pool) => check switch
    {
        TokenCheck.Structure => "It is a well-formed signed JWT.",
        TokenCheck.Issuer => "It begins as the tokens do that this gateway issues.",
        TokenCheck.Algorithm or TokenCheck.Type or TokenCheck.Key => "Its header is the gateway's own.",
        TokenCheck.Signature => "The signature is this gateway's.",
        TokenCheck.Times => $"It is good until {DateTimeOffset.FromUnixTimeSeconds(claims!.Expires):O}.",
        TokenCheck.Kind => claims!.Use switch
        {
            TokenUse.Exchange => "It was exchanged for a provider's token: it is good for both planes, as one pool.",
            TokenUse.Session => "It is a login's session: it is good for the control plane.",
            _ => "It was got with a login's session: it is good for Kafka REST.",
        },
        TokenCheck.Subject => $"It acts as {claims!.Subject}.",
        TokenCheck.Audience => "It is used where it is meant for.",
        TokenCheck.DenyList => "What it rests on, a pool with its filter and provider or an API key, has not changed.",
        TokenCheck.Binding => "It is a plain bearer token.",
        TokenCheck.Pools => pool is null ? "It acts without a pool." : $"It acts as {pool.Id}, whatever other pools match.",
        _ => claims!.ExternalIdentity is null ? "Its API key names the caller." : "The caller's name was taken over from the token it was exchanged for.",
    };

    private static TokenHeaderSummary? HeaderOf(string token)
    {
        try
        {
            var header = new JsonWebToken(token);
            return new TokenHeaderSummary(header.Alg, header.Kid, header.Typ);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return null;
        }
    }
}
