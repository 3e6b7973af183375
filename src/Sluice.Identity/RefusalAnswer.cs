using System.Collections.Immutable;

namespace Sluice.Identity;

/// <summary>What a refused client gets to see.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ErrorCode"><c>error_code</c> of the body.</param>
/// <param name="Message"><c>message</c> of the body: a fixed phrase.</param>
/// <param name="Challenges"><c>WWW-Authenticate</c>, a field each.</param>
public sealed record RefusalAnswer(int Status, int ErrorCode, string Message, ImmutableArray<string> Challenges)
{
    /// <summary><c>Retry-After</c>, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary><c>DPoP-Nonce</c> (RFC 9449 §8.2).</summary>
    public string? DpopNonce { get; init; }
}
