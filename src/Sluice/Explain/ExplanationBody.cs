using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.Identity.Explain;
using Sluice.Identity.Rules;
using Sluice.State;

namespace Sluice.Explain;

/// <summary>The answer of <see cref="TokensEndpoint"/>.</summary>
/// <param name="Kind">Always <c>TokenExplanation</c>.</param>
/// <param name="Accepted">A request with this token and these pools is let in.</param>
/// <param name="Authentic">A trusted provider signed it.</param>
/// <param name="Refusal">What a request is answered; absent when it is let in.</param>
/// <param name="Header">Of the token.</param>
/// <param name="Issuer">The token's <c>iss</c>.</param>
/// <param name="Provider">The provider with this issuer.</param>
/// <param name="IssuerCandidates">Providers with nearly this issuer.</param>
/// <param name="Checks">Every check, in order.</param>
/// <param name="Pools">Every pool that was looked at.</param>
/// <param name="Principals">Whom the request acts as.</param>
/// <param name="Identity">How audit records name the caller.</param>
/// <param name="ExpiresAt">When the token stops being accepted.</param>
/// <param name="Proofs">What a request needs besides the token.</param>
/// <param name="Access">The decision about the operation that was asked about.</param>
internal sealed record ExplanationBody(
    string Kind,
    bool Accepted,
    bool Authentic,
    RefusalBody? Refusal,
    TokenHeaderSummary? Header,
    string? Issuer,
    ProviderBody? Provider,
    IReadOnlyList<IssuerCandidate> IssuerCandidates,
    IReadOnlyList<ExplainedCheck> Checks,
    IReadOnlyList<PoolBody> Pools,
    IReadOnlyList<string> Principals,
    IdentityBody? Identity,
    string? ExpiresAt,
    IReadOnlyList<string> Proofs,
    AccessDecision? Access)
{
    public static ExplanationBody From(
        TokenExplanation explanation, AccessDecision? access, GatewayState state, RefusalAnswers answers, ControlOptions options) => new(
        "TokenExplanation",
        explanation.IsAccepted,
        explanation.IsAuthentic,
        explanation.Refusal is { } refusal ? RefusalBody.From(refusal, answers.For(refusal)) : null,
        explanation.Header,
        explanation.Issuer,
        explanation.Provider is { } provider ? new ProviderBody(provider.Id, provider.DisplayName, provider.Issuer, provider.JwksUri) : null,
        explanation.IssuerCandidates,
        explanation.Checks,
        [.. explanation.Pools.Select(pool => PoolBody.From(pool, explanation.Provider))],
        explanation.Principals,
        explanation is { Identity: { } identity, Provider: { } its } ? IdentityBody.From(identity, its, state, options) : null,
        ObjectMeta.Text(explanation.Expires),
        explanation.Proofs,
        access);
}

/// <summary>What a request is answered.</summary>
/// <param name="Rule">The rule that refuses; a stable name.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="ErrorCode">Of the error body.</param>
/// <param name="Message">Of the error body: all that the client gets to see.</param>
/// <param name="Detail">What was found and what was wanted.</param>
internal sealed record RefusalBody(RefusalRule Rule, int Status, int ErrorCode, string Message, string Detail)
{
    public static RefusalBody From(Refusal refusal, RefusalAnswer answer) =>
        new(refusal.Rule, answer.Status, answer.ErrorCode, answer.Message, refusal.Detail);
}

internal sealed record ProviderBody(string Id, string DisplayName, string Issuer, string JwksUri);

/// <summary>A pool that was looked at; <c>warning</c> is there when it matches and would do so whatever <c>aud</c> says; all but <c>id</c>, <c>match</c> and <c>detail</c> are absent when the provider has no such pool.</summary>
internal sealed record PoolBody(
    string Id, string? DisplayName, string? Principal, string? Filter, bool Match, string? Value, string Detail, IReadOnlyList<DecidingPart> DecidedBy, string? Warning)
{
    public static PoolBody From(ExplainedPool pool, IdentityProvider? provider) => new(
        pool.Id, pool.Pool?.DisplayName, pool.Pool?.Principal, pool.Pool?.Filter, pool.IsMatch, pool.Value, pool.Detail, pool.DecidedBy,
        pool is { IsMatch: true, Pool: { } itself } && provider is not null ? FilterRules.OpenAudienceWarning(itself.Filter, provider) : null);
}

/// <summary>How audit records name the caller.</summary>
/// <param name="Claim">The identity claim that was read.</param>
/// <param name="Source">Whose it is: <c>pool</c> or <c>provider</c>.</param>
/// <param name="Value">What it gave.</param>
/// <param name="Crn">The whole name.</param>
internal sealed record IdentityBody(string Claim, string Source, string Value, string Crn)
{
    public static IdentityBody From(ExternalIdentity identity, IdentityProvider provider, GatewayState state, ControlOptions options) => new(
        identity.Claim,
        identity.Source,
        identity.Value,
        $"crn://{options.CrnAuthority}/organization={state.Organization.Id}/identity-provider={provider.Id}/identity={Uri.EscapeDataString(identity.Value)}");
}
