using Sluice.ControlPlane;
using Sluice.Iam.V2.IdentityProviders;
using Sluice.Identity;
using Sluice.Identity.Pools;
using Sluice.Identity.Rules;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityPools;

/// <summary>Whether an identity pool may be saved: what is stored matches somebody, or nobody on purpose.</summary>
internal static class PoolCheck
{
    /// <summary>Adds what is wrong with the claim or the filter; null ones are not looked at.</summary>
    /// <returns>What an administrator should know about the filter all the same.</returns>
    public static IReadOnlyList<string> AddProblems(ControlFields fields, string? claim, string? filter, IdentityProvider provider, IdentityOptions identity)
    {
        if (claim is { Length: > 0 } && ClaimPath.Parse(claim) is null)
        {
            fields.Problem("identity_claim", ProviderCheck.ClaimProblem);
        }

        if (filter is not { Length: > 0 } || fields.HasProblem("filter"))
        {
            return [];
        }

        var report = FilterRules.Check(filter, provider, identity);
        foreach (var problem in report.Problems)
        {
            fields.Problem("filter", problem);
        }

        return report.Warnings;
    }
}
