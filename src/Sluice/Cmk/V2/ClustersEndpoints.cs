using Sluice.ControlPlane;
using Sluice.Hosting;
using Sluice.State;

namespace Sluice.Cmk.V2;

// Clusters: those that the gateway's configuration names, and of these the ones that the caller administers or operates something in
//   GET    /cmk/v2/clusters       environment (required), page_size, page_token
//   POST   /cmk/v2/clusters       403
//   GET    /cmk/v2/clusters/{id}  environment
//   PATCH  /cmk/v2/clusters/{id}  403
//   DELETE /cmk/v2/clusters/{id}  403
// Differs from the spec: clusters cannot be created, changed or deleted here. 403 and not 405, because clients show the reason of a 403.

internal static class ClustersEndpoints
{
    public const string Path = "/cmk/v2/clusters";

    /// <summary>The environment that every configured cluster belongs to.</summary>
    public const string Environment = "env-default";

    /// <summary>To be declared wherever a state is opened.</summary>
    public static DeploymentEnvironment DefaultEnvironment { get; } = new(Environment, "default", null);

    public static void MapClusters(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.AnAccessReader);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnAccessReader);
        app.MapPost(Path, () => Refuse()).ExcludeFromDescription();
        app.MapPatch(Path + "/{id}", (ClusterDirectory clusters, string id) => Refuse(clusters, id)).ExcludeFromDescription();
        app.MapDelete(Path + "/{id}", (ClusterDirectory clusters, string id) => Refuse(clusters, id)).ExcludeFromDescription();
    }

    private static IResult Refuse(ClusterDirectory? clusters = null, string? id = null) => ControlAnswers.Error(
        clusters is not null && !clusters.TryGet(id!, out _)
            ? ControlErrors.NotFound("cluster", id!)
            : new ControlError(
                403, "clusters_are_configured", "Clusters Are Configured",
                "Clusters are named in the gateway's configuration (the section Clusters) and cannot be created, changed or deleted through the API. "
                + "In Terraform use the data source confluent_kafka_cluster."));

    private static IResult List(ControlRequest request, ClusterDirectory clusters)
    {
        var environment = request.Context.Request.Query["environment"].ToString();
        if (environment.Length == 0)
        {
            return ControlAnswers.Error(ControlErrors.InvalidFilter("environment", "environment is required: the id of the environment whose clusters to list."));
        }

        var access = request.AccessIn(request.State);
        var listed = environment == Environment
            ? clusters.All.Select(c => c.ClusterId).OfType<string>().Where(id => access.SeesCluster(ClusterBody.CrnOf(id, request))).Select(id => new ListedCluster(id))
            : [];
        return Paging.List(
            request, Path, ["environment", "spec.network", "spec.deletion_protection"], listed, "cmk/v2", "ClusterList", c => ClusterBody.From(c.Id, request), ControlJson.Wire.ListBodyClusterBody);
    }

    private static IResult Get(ControlRequest request, ClusterDirectory clusters, string id)
    {
        var environment = request.Context.Request.Query["environment"].ToString();
        return clusters.TryGet(id, out _) && (environment is "" or Environment) && request.AccessIn(request.State).SeesCluster(ClusterBody.CrnOf(id, request))
            ? ControlAnswers.Ok(ClusterBody.From(id, request), ControlJson.Wire.ClusterBody)
            : ControlAnswers.Error(ControlErrors.NotFound("cluster", id));
    }
}
