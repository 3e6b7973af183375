using Sluice.Identity.Tokens;
using Sluice.State;

namespace Sluice.Identity.Explain;

/// <summary>Why a token is let in or refused. Holds nothing of the token that its checks did not look at, and never its text.</summary>
public sealed record TokenExplanation
{
    /// <summary>A request with this token and these pools would be let in (with the proofs in <see cref="Proofs"/>, if any).</summary>
    public required bool IsAccepted { get; init; }

    /// <summary>The signature is a trusted provider's: what the token says is proved.</summary>
    public required bool IsAuthentic { get; init; }

    /// <summary>What a request would be answered: the first check that fails; null when none does.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary><c>alg</c>, <c>kid</c> and <c>typ</c> of the header, as far as they could be read.</summary>
    public TokenHeaderSummary? Header { get; init; }

    /// <summary><c>iss</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary>The provider with this issuer.</summary>
    public IdentityProvider? Provider { get; init; }

    /// <summary>Providers whose issuers are nearly this one, when none has it; the nearest first.</summary>
    public IReadOnlyList<IssuerCandidate> IssuerCandidates { get; init; } = [];

    /// <summary>Every check, in order.</summary>
    public required IReadOnlyList<ExplainedCheck> Checks { get; init; }

    /// <summary>Every pool that was looked at.</summary>
    public IReadOnlyList<ExplainedPool> Pools { get; init; } = [];

    /// <summary>Whom the request would act as; empty when it is refused.</summary>
    public IReadOnlyList<string> Principals { get; init; } = [];

    /// <summary>How audit records name the caller; null when it is refused or cannot be named.</summary>
    public ExternalIdentity? Identity { get; init; }

    /// <summary>When the token ends, clock skew included; null when it is refused.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What a request needs besides the token: <c>dpop</c>, <c>client_certificate</c>.</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];
}

/// <summary>The header's members that mean something here.</summary>
public sealed record TokenHeaderSummary(string? Alg, string? Kid, string? Typ);

/// <summary>A provider whose issuer is nearly the token's.</summary>
/// <param name="ProviderId">The provider.</param>
/// <param name="Issuer">Its issuer.</param>
/// <param name="Difference">Such as "differs in the trailing slash".</param>
public sealed record IssuerCandidate(string ProviderId, string Issuer, string Difference);

public enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>Could not be tried.</summary>
    Skipped,
}

/// <summary>A check and how it ended.</summary>
/// <param name="Check">Which.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rule">The rule that a failed check stands for.</param>
/// <param name="Detail">A sentence: what was found, and what was wanted.</param>
public sealed record ExplainedCheck(TokenCheck Check, CheckOutcome Outcome, RefusalRule? Rule, string Detail);

/// <summary>A pool that was looked at.</summary>
/// <param name="Id">Its id; what the request named when there is no such pool.</param>
/// <param name="Pool">The pool; null when the provider has none with this id.</param>
/// <param name="IsMatch">Its filter is true.</param>
/// <param name="Value">What the filter gives: <c>true</c>, <c>false</c>, <c>error: …</c>, or another value, which counts as no match.</param>
/// <param name="Detail">A sentence for people.</param>
public sealed record ExplainedPool(string Id, IdentityPool? Pool, bool IsMatch, string? Value, string Detail)
{
    /// <summary>The sub-expressions of the filter that decided its value, outermost first.</summary>
    public IReadOnlyList<DecidingPart> DecidedBy { get; init; } = [];
}

/// <summary>A sub-expression of a filter.</summary>
/// <param name="Expression">Its source.</param>
/// <param name="Value">What it gives.</param>
/// <param name="Detail">Why, when that is not plain; such as the claim's value.</param>
public sealed record DecidingPart(string Expression, string Value, string? Detail);

/// <summary>How audit records name the caller.</summary>
/// <param name="Claim">The path that was read, such as <c>claims.sub</c>.</param>
/// <param name="Value">What it gave.</param>
/// <param name="Source">Whose path it is: <c>pool</c> (one pool was named and matches) or <c>provider</c>.</param>
public sealed record ExternalIdentity(string Claim, string Value, string Source);
