namespace Sluice.Identity;

/// <summary>Why a request was not let in. The client sees the short form that belongs to the rule; the log sees <see cref="Detail"/>.</summary>
/// <param name="Rule">Which rule refused.</param>
/// <param name="Detail">For the log and for explain: what was found and what was wanted. Holds no token, key or secret, and no control characters.</param>
public sealed record Refusal(RefusalRule Rule, string Detail)
{
    /// <summary>What the client must change about <c>Confluent-Identity-Pool-Id</c>; null when the refusal is about something else.</summary>
    public PoolFieldFault? PoolField { get; init; }

    /// <summary>For <see cref="RefusalRule.DpopNonce"/>: the nonce to send in the next proof.</summary>
    public string? DpopNonce { get; init; }

    /// <summary>For <see cref="RefusalRule.KeysUnavailable"/>: when to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The provider whose token it was, once its issuer is known.</summary>
    public string? ProviderId { get; init; }
}

/// <summary>What is wrong with the field that names pools. Each has a phrase of its own in <see cref="RefusalAnswers"/>.</summary>
public enum PoolFieldFault
{
    /// <summary>Empty, too many ids, or no list of ids.</summary>
    Malformed,

    /// <summary>Absent, where it must be there.</summary>
    Required,
}

/// <summary>The rules a credential can fail. Their answers are in <see cref="RefusalAnswers"/>; names are stable, they appear in logs and metrics.</summary>
public enum RefusalRule
{
    /// <summary>No credentials at all.</summary>
    NoCredentials,

    /// <summary>Malformed header, unknown scheme, or credentials sent in more than one way (RFC 6750 §3.1 <c>invalid_request</c>).</summary>
    MalformedRequest,

    /// <summary>API key unknown or secret wrong.</summary>
    BadApiKey,

    /// <summary>Not a signed JWT that these rules can read.</summary>
    MalformedToken,

    /// <summary>No provider has the token's issuer.</summary>
    UntrustedIssuer,

    /// <summary>Algorithm not allowed.</summary>
    ForbiddenAlgorithm,

    /// <summary>No key of the provider has the token's <c>kid</c>.</summary>
    UnknownKey,

    /// <summary>The signature is not the provider's.</summary>
    BadSignature,

    Expired,

    NotYetValid,

    /// <summary>A claim is missing or has a value that the rules refuse.</summary>
    BadClaim,

    /// <summary>Signed by the provider, but not an access token (ID token, userinfo, …).</summary>
    NotAnAccessToken,

    /// <summary>Bound to a key or certificate that the caller did not prove to hold.</summary>
    NotBound,

    /// <summary>The DPoP proof is missing, wrong, stale or was used before.</summary>
    BadDpopProof,

    /// <summary>The DPoP proof needs a nonce from this gateway (RFC 9449 §9).</summary>
    DpopNonce,

    /// <summary>The token's audience is not one the provider expects.</summary>
    WrongAudience,

    /// <summary>On the list of denied tokens or subjects.</summary>
    Revoked,

    /// <summary>The provider's keys cannot be fetched and none are held: the token was not judged.</summary>
    KeysUnavailable,

    /// <summary>No pool matches: unknown, of another provider, or its filter is not true.</summary>
    NoPoolMatches,
}
