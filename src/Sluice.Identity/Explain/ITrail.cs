using System.Text.Json;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Explain;

/// <summary>
/// Listens to a token's way through the checks. The checks that answer requests and those that are explained are the same code; only explain listens.
/// </summary>
internal interface ITrail
{
    /// <summary>A check held; <paramref name="detail"/> says what was found.</summary>
    void Passed(TokenCheck check, string detail);

    /// <summary>A check failed.</summary>
    void Failed(TokenCheck check, Refusal refusal);

    /// <summary>A check could not be tried; <paramref name="detail"/> says why.</summary>
    void Skipped(TokenCheck check, string detail);

    /// <summary>The request names a pool that the provider does not have.</summary>
    void UnknownPool(string id);

    /// <summary>A pool's filter was evaluated.</summary>
    void Pool(TrustedPool pool, JsonElement claims, bool member);
}
