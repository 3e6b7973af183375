using System.Diagnostics.Metrics;

namespace Sluice.Identity;

/// <summary>What is counted here: meter <c>Sluice.Identity</c>.</summary>
internal sealed class IdentityMetrics
{
    private static readonly string[] Rules = Enum.GetNames<RefusalRule>();

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;

    public IdentityMetrics(IMeterFactory meters)
    {
#pragma warning disable CA2000 // The factory owns its meters.
        var meter = meters.Create("Sluice.Identity");
#pragma warning restore CA2000
        _accepted = meter.CreateCounter<long>("sluice.identity.accepted", "{request}", "Requests whose credentials were accepted");
        _refused = meter.CreateCounter<long>("sluice.identity.refused", "{request}", "Requests whose credentials were refused, by rule");
    }

    public void Accepted(CallerKind kind) =>
        _accepted.Add(1, new KeyValuePair<string, object?>("kind", kind == CallerKind.Pool ? "pool" : "api_key"));

    public void Refused(RefusalRule rule) => _refused.Add(1, new KeyValuePair<string, object?>("rule", Rules[(int)rule]));
}
