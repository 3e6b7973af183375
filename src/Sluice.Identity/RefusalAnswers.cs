using System.Collections.Frozen;
using System.Collections.Immutable;
using Sluice.Identity.Tokens;

namespace Sluice.Identity;

/// <summary>
/// The one table from a rule to what the client sees: status, <c>error_code</c>, a phrase from a fixed set, and challenges (RFC 6750 §3, RFC 9449
/// §7.1). Nothing of what the client sent comes back.
/// </summary>
public sealed class RefusalAnswers
{
    private const string Realm = "kafka";

    private readonly FrozenDictionary<RefusalRule, RefusalAnswer> _answers;
    private readonly string _dpop;
    private readonly RefusalAnswer _poolFieldMalformed;
    private readonly RefusalAnswer _poolFieldRequired;

    public RefusalAnswers(IdentityOptions options)
    {
        var bearer = $"Bearer realm=\"{Realm}\"";
        var metadata = ProtectedResource.MetadataUrl(options) is { } url ? $", resource_metadata=\"{url}\"" : "";
        var algorithms = $"algs=\"{string.Join(' ', SignatureAlgorithm.All.Select(algorithm => algorithm.Name))}\"";
        _dpop = $"DPoP realm=\"{Realm}\", error=\"invalid_token\", {algorithms}";
        var basic = $"Basic realm=\"{Realm}\"";

        RefusalAnswer InvalidToken(string phrase, params ReadOnlySpan<string> more) => new(
            401, 40101, phrase + ".",
            [$"{bearer}, error=\"invalid_token\", error_description=\"{phrase}\"{metadata}", .. more]);

        RefusalAnswer Bearer(int status, int code, string error, string phrase) => new(
            status, code, phrase + ".", [$"{bearer}, error=\"{error}\", error_description=\"{phrase}\"{metadata}"]);

        _poolFieldMalformed = Bearer(
            400, 400, "invalid_request", $"Confluent-Identity-Pool-Id must name 1 to {options.MaxNamedPools} identity pools with commas in between, or be left out");
        _poolFieldRequired = Bearer(403, 40301, "insufficient_scope", "The request must name an identity pool in Confluent-Identity-Pool-Id");
        _answers = new Dictionary<RefusalRule, RefusalAnswer>
        {
            [RefusalRule.NoCredentials] = new(
                401, 401, "Credentials are required: an Authorization field with a bearer token or an API key.", [bearer + metadata, basic]),
            [RefusalRule.MalformedRequest] = Bearer(400, 400, "invalid_request", "The credentials are malformed or sent in more than one way"),
            [RefusalRule.BadApiKey] = new(401, 40101, "Authentication failed", [basic]),
            [RefusalRule.MalformedToken] = InvalidToken("The token is not a signed JWT that is accepted here"),
            [RefusalRule.UntrustedIssuer] = InvalidToken("The token issuer is not trusted"),
            [RefusalRule.ForbiddenAlgorithm] = InvalidToken("The token signature algorithm is not accepted"),
            [RefusalRule.UnknownKey] = InvalidToken("The token is signed with an unknown key"),
            [RefusalRule.BadSignature] = InvalidToken("The token signature is invalid"),
            [RefusalRule.Expired] = InvalidToken("The token expired"),
            [RefusalRule.NotYetValid] = InvalidToken("The token is not valid yet"),
            [RefusalRule.BadClaim] = InvalidToken("A claim of the token is missing or not acceptable"),
            [RefusalRule.NotAnAccessToken] = InvalidToken("The token is not an access token"),
            [RefusalRule.WrongAudience] = InvalidToken("The token is meant for another audience"),
            [RefusalRule.Revoked] = InvalidToken("The token was revoked"),
            [RefusalRule.NotBound] = InvalidToken(
                "The token is bound to a key or certificate that was not proved", _dpop),
            [RefusalRule.BadDpopProof] = new(
                401, 40101, "The DPoP proof is missing or does not hold.",
                [$"DPoP realm=\"{Realm}\", error=\"invalid_dpop_proof\", error_description=\"The DPoP proof is missing or does not hold\", {algorithms}"]),
            [RefusalRule.DpopNonce] = new(
                401, 40101, "The DPoP proof needs the nonce given in DPoP-Nonce.",
                [$"DPoP realm=\"{Realm}\", error=\"use_dpop_nonce\", error_description=\"The DPoP proof needs the nonce given in DPoP-Nonce\", {algorithms}"]),
            [RefusalRule.KeysUnavailable] = new(
                503, 50301, "The identity provider's keys cannot be fetched now; the token was not judged.", ImmutableArray<string>.Empty),
            [RefusalRule.NoPoolMatches] = Bearer(403, 40301, "insufficient_scope", "The token matches no identity pool that it may act as"),
        }.ToFrozenDictionary();
    }

    /// <summary>The answer to who sent a token under the scheme DPoP: a client looks for a challenge of the scheme that it uses (RFC 9449 §7.1).</summary>
    public RefusalAnswer ForDpop(Refusal refusal)
    {
        var answer = For(refusal);
        return answer.Status == 401 && !answer.Challenges.Any(challenge => challenge.StartsWith("DPoP ", StringComparison.Ordinal))
            ? answer with { Challenges = answer.Challenges.Add(_dpop) }
            : answer;
    }

    /// <summary>The answer to <paramref name="refusal"/>.</summary>
    public RefusalAnswer For(Refusal refusal) => refusal switch
    {
        { PoolField: PoolFieldFault.Malformed } => _poolFieldMalformed,
        { PoolField: PoolFieldFault.Required } => _poolFieldRequired,
        { RetryAfter: { } after } => _answers[refusal.Rule] with { RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) },
        { DpopNonce: { } nonce } => _answers[refusal.Rule] with { DpopNonce = nonce },
        _ => _answers[refusal.Rule],
    };
}
