using System.Text.Json;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Explain;

/// <summary>
/// Listens to a token's way through the checks. The checks that answer requests and those that are explained are the same code; only explain listens.
/// </summary>
internal interface ITrail
{
    /// <summary>A check held; <paramref name="detail"/> says what was found.</summary>
    void Passed(string check, string detail);

    /// <summary>A check failed.</summary>
    void Failed(string check, Refusal refusal);

    /// <summary>The request names a pool that the provider does not have.</summary>
    void UnknownPool(string id);

    /// <summary>A pool's filter was evaluated.</summary>
    void Pool(TrustedPool pool, JsonElement claims, bool member);
}
