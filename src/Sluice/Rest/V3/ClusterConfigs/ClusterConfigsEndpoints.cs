using Sluice.Rest.V3.Configs;

namespace Sluice.Rest.V3.ClusterConfigs;

// Cluster-wide broker configs: the dynamic defaults of all brokers
//   GET    /broker-configs         DescribeConfigs (broker "")   only what is set dynamically: [] on a fresh cluster
//   GET    /broker-configs/{name}  DescribeConfigs               404 when it is not set
//   PUT    /broker-configs/{name}  IncrementalAlterConfigs       204; any name: the cluster decides
//   DELETE /broker-configs/{name}  IncrementalAlterConfigs       204; 404 when it is not set
//   POST   /broker-configs:alter   IncrementalAlterConfigs       204, all or nothing; 422/42206 without a body
// Differs from the proxy: validate_only is honoured (there: ignored, so that a dry run changed things); a config given twice is 422/42206.

internal static class ClusterConfigsEndpoints
{
    public static RouteGroupBuilder MapClusterConfigs(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/broker-configs", ListAsync);
        cluster.MapGet("/broker-configs/{name}", GetAsync);
        cluster.MapPut("/broker-configs/{name}", SetAsync);
        cluster.MapDelete("/broker-configs/{name}", ResetAsync);
        cluster.MapPost("/broker-configs:alter", AlterAsync);
        return cluster;
    }

    private static Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken) =>
        ConfigAnswers.ListAsync(request, ConfigOwner.Cluster(request.Links), cancellationToken);

    private static Task<IResult> GetAsync(ClusterRequest request, string name, CancellationToken cancellationToken) =>
        ConfigAnswers.GetAsync(request, ConfigOwner.Cluster(request.Links), name, cancellationToken);

    private static Task<IResult> SetAsync(HttpContext context, ClusterRequest request, string name, CancellationToken cancellationToken) =>
        ConfigAnswers.SetAsync(context, request, ConfigOwner.Cluster(request.Links), name, cancellationToken);

    private static Task<IResult> ResetAsync(ClusterRequest request, string name, CancellationToken cancellationToken) =>
        ConfigAnswers.ResetAsync(request, ConfigOwner.Cluster(request.Links), name, cancellationToken);

    private static Task<IResult> AlterAsync(HttpContext context, ClusterRequest request, CancellationToken cancellationToken) =>
        ConfigAnswers.AlterAsync(context, request, ConfigOwner.Cluster(request.Links), cancellationToken);
}
