using System.Net;
using Sluice.Access;
using Sluice.Hosting;
using Sluice.Http;
using Sluice.Identity.Explain;
using Sluice.Kafka;

namespace Sluice.Explain;

/// <summary>Explains decisions about operations: asks the rules that requests go by.</summary>
internal sealed class AccessExplainer(ClusterDirectory clusters, ClusterGuards guards)
{
    /// <param name="question">What is asked.</param>
    /// <param name="explanation">Of the token.</param>
    /// <param name="address">Where the caller is, for ACLs with a host; null when that is not known.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when no operation was asked about; or what is wrong with the question.</returns>
    public async Task<(AccessDecision? Decision, GatewayError Error)> ExplainAsync(
        ExplainRequest question, TokenExplanation explanation, IPAddress? address, CancellationToken cancellationToken)
    {
        if (question.Need is not { } need)
        {
            return (null, default);
        }

        var (connection, error) = Find(question.ClusterId);
        if (!error.IsNone)
        {
            return (null, error);
        }

        var id = connection?.ClusterId;
        if (!explanation.IsAccepted)
        {
            return (Of(id, question, AccessDecision.Deny, "The token is refused, so nothing is allowed."), default);
        }

        if (connection is null)
        {
            return (Of(id, question, AccessDecision.Deny, "The gateway has no cluster."), default);
        }

        if (guards.AccessTo(connection) is not { } access)
        {
            return (Of(id, question, AccessDecision.Undecided, "The brokers see who is calling (BrokerIdentity), and decide by their own ACLs; role bindings play no part."), default);
        }

        if (await access.ReadyAsync(cancellationToken) is { Code: not KafkaErrorCode.None } unknown)
        {
            return (Of(id, question, AccessDecision.Deny, $"The cluster's ACLs are not known: {unknown.Message}"), default);
        }

        var caller = new AccessCaller(explanation.Principals, address);
        var decision = access.Current.Decide(caller, need);
        var reason = decision.Describe(caller, need);
        if (address is null && access.Current.DependsOnAddress(caller, need))
        {
            reason += " There are ACLs for this from particular hosts: ask with client_address, without which they only deny.";
        }

        return (
            Of(id, question, decision.IsAllowed ? AccessDecision.Allow : AccessDecision.Deny, reason) with { RoleBindingId = decision.Binding?.Id },
            default);
    }

    private static AccessDecision Of(string? cluster, ExplainRequest question, string decision, string reason) =>
        new(cluster, question.Operation!, question.ResourceType!, question.ResourceName, decision, reason);

    /// <summary>The cluster that is asked about: the only one, where there is one.</summary>
    private (IClusterConnection? Connection, GatewayError Error) Find(string? id)
    {
        if (id is not null)
        {
            return clusters.TryGet(id, out var named) ? (named, default) : (null, Errors.BadRequest($"resource.cluster_id: there is no cluster {id}"));
        }

        return clusters.All.Count > 1
            ? (null, Errors.BadRequest($"resource.cluster_id is required, since there are several: {string.Join(", ", clusters.All.Select(c => c.ClusterId))}"))
            : (clusters.All is [var only] ? only : null, default);
    }
}
