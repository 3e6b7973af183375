using System.Text.Json;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Explain;

/// <summary>Writes down what it hears.</summary>
internal sealed class Trail : ITrail
{
    private readonly List<ExplainedCheck> _checks = [];
    private readonly List<ExplainedPool> _pools = [];

    /// <summary>In the order of <see cref="TokenCheck"/>.</summary>
    public IReadOnlyList<ExplainedCheck> Checks => [.. _checks.OrderBy(check => check.Check)];

    public IReadOnlyList<ExplainedPool> Pools => _pools;

    public void Passed(TokenCheck check, string detail) => _checks.Add(new ExplainedCheck(check, CheckOutcome.Passed, null, detail));

    public void Failed(TokenCheck check, Refusal refusal) =>
        _checks.Add(new ExplainedCheck(check, CheckOutcome.Failed, refusal.Rule, refusal.Detail));

    public void Skipped(TokenCheck check, string detail) => _checks.Add(new ExplainedCheck(check, CheckOutcome.Skipped, null, detail));

    public void UnknownPool(string id) =>
        _pools.Add(new ExplainedPool(id, null, false, null, "The token's provider has no pool with this id."));

    public void Pool(TrustedPool pool, JsonElement claims, bool member) => _pools.Add(pool.Filter.Explain(pool.Pool, claims, member));
}
