using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sluice.Access;
using Sluice.Access.Crn;
using Sluice.Access.Guard;
using Sluice.Cmk.V2;
using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.Kafka;
using Sluice.State;

namespace Sluice.Hosting;

/// <summary>Stage 3 of a request: puts the access rules between a caller and a cluster.</summary>
internal sealed class ClusterGuards(IStateSource state, IOptions<ControlOptions> control, ILogger<GuardedCluster> logger)
{
    private readonly ConditionalWeakTable<IClusterConnection, ClusterAccess> _accesses = [];

    /// <summary>Who decides on this cluster what callers may do; null: its brokers.</summary>
    public ClusterAccess? AccessTo(IClusterConnection connection) =>
        connection.Acls is not { } acls ? null
        : _accesses.TryGetValue(connection, out var access) ? access
        : _accesses.GetValue(connection, _ => new ClusterAccess(state, acls, now => ScopeOf(now, connection)));

    /// <summary>The cluster as <paramref name="caller"/> may use it.</summary>
    /// <returns>The cluster; or why the rules are not known, and then nothing is allowed.</returns>
    public async ValueTask<KafkaResult<ICluster>> OpenAsync(IClusterConnection connection, HttpContext context, Caller caller)
    {
        var cluster = connection.For(ActingAs(caller, connection));
        if (AccessTo(connection) is not { } access)
        {
            return new KafkaResult<ICluster>(cluster);
        }

        var error = await access.ReadyAsync(context.RequestAborted);
        return error.Code == KafkaErrorCode.None
            ? new KafkaResult<ICluster>(new GuardedCluster(cluster, access, Of(caller, context), logger))
            : error;
    }

    /// <summary>The caller, for decisions. Its address is what trusted proxies say it is.</summary>
    public static AccessCaller Of(Caller caller, HttpContext context) => new(caller.Principals, context.Connection.RemoteIpAddress);

    /// <summary>Whom <paramref name="connection"/> acts for; with the token only where it is needed, since getting it costs a copy.</summary>
    private static ClusterCaller ActingAs(Caller caller, IClusterConnection connection) =>
        new(caller.Principals[0], connection.PassesTokens ? caller.GetToken() : null, caller.Expires);

    private KafkaScope? ScopeOf(GatewayState now, IClusterConnection connection) => connection.ClusterId is { } id
        ? new KafkaScope(control.Value.CrnAuthority, now.Organization.Id, ClustersEndpoints.Environment, id)
        : null;
}
