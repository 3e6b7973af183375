using Microsoft.AspNetCore.Http.Features;
using Sluice.Hosting;
using Sluice.Http;
using Sluice.Identity;
using Sluice.Kafka;

namespace Sluice.Rest.V3.Clusters;

// Clusters
//   GET /clusters               DescribeCluster   every configured cluster that answers, that the caller's key is good for and where the caller has some right
//   GET /clusters/{cluster_id}  DescribeCluster   404 when unknown
// Differs from the stand-alone proxy: a gateway can have several clusters, so the list can be longer than one.

internal static class ClustersEndpoints
{
    public static RouteGroupBuilder MapClusterList(this RouteGroupBuilder v3)
    {
        v3.MapGet("/clusters", ListAsync);
        return v3;
    }

    public static RouteGroupBuilder MapCluster(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("", GetAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(HttpContext context, ClusterDirectory clusters, ClusterGuards guards, CancellationToken cancellationToken)
    {
        if (!MediaTypes.AcceptsJson(context.Request))
        {
            return V3Answers.Error(Errors.NotAcceptable);
        }

        var caller = context.Features.GetRequiredFeature<Caller>();
        var bodies = new List<ClusterBody>();
        KafkaError lastError = default;
        foreach (var connection in clusters.All.Where(c => caller.ResourceId is null || caller.ResourceId == c.ClusterId))
        {
            if (!(await guards.OpenAsync(connection, context, caller)).TryGet(out var opened, out lastError))
            {
                continue;
            }

            // Its id may be known from this answer on, and bindings name it.
            var described = await opened.DescribeClusterAsync(cancellationToken);
            if (described.TryGet(out var cluster, out lastError) && guards.AccessTo(connection)?.Current.AllowsSomething(ClusterGuards.Of(caller, context)) != false)
            {
                bodies.Add(ClusterBody.From(cluster, Links.For(context, connection.ClusterId ?? cluster.ClusterId)));
            }
        }

        // One cluster that is away must not hide the others; when none answers, say why.
        return bodies.Count == 0 && lastError.Code != KafkaErrorCode.None
            ? V3Answers.Error(lastError)
            : V3Answers.Ok(
                ListBody<ClusterBody>.Of("KafkaClusterList", $"{Links.For(context, "").Base}/clusters", bodies),
                WireJson.Default.ListBodyClusterBody);
    }

    private static async Task<IResult> GetAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var described = await request.Cluster.DescribeClusterAsync(cancellationToken);
        return described.TryGet(out var cluster, out var error)
            ? V3Answers.Ok(ClusterBody.From(cluster, request.Links), WireJson.Default.ClusterBody)
            : V3Answers.Error(error);
    }
}
