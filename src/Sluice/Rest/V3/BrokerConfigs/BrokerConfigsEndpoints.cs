using Microsoft.AspNetCore.Mvc;
using Sluice.Rest.V3.Brokers;
using Sluice.Rest.V3.Configs;

namespace Sluice.Rest.V3.BrokerConfigs;

// Configs of one broker (the stand-alone proxy's)
//   GET    /brokers/-/configs                   DescribeCluster + DescribeConfigs   of every live broker
//   GET    /brokers/{broker_id}/configs         DescribeConfigs           404 unknown broker
//   GET    /brokers/{broker_id}/configs/{name}  DescribeConfigs           404 unknown config
//   PUT    /brokers/{broker_id}/configs/{name}  IncrementalAlterConfigs   204; 400/40002 when Kafka cannot change it while running
//   DELETE /brokers/{broker_id}/configs/{name}  IncrementalAlterConfigs   204
//   POST   /brokers/{broker_id}/configs:alter   IncrementalAlterConfigs   204, all or nothing; 422/42206 without a body
// Differs from the proxy: validate_only is honoured (there: ignored); a config given twice is 422/42206.

internal static class BrokerConfigsEndpoints
{
    public static RouteGroupBuilder MapBrokerConfigs(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/brokers/-/configs", ListAllAsync);
        cluster.MapGet("/brokers/{broker_id:int}/configs", ListAsync);
        cluster.MapGet("/brokers/{broker_id:int}/configs/{name}", GetAsync);
        cluster.MapPut("/brokers/{broker_id:int}/configs/{name}", SetAsync);
        cluster.MapDelete("/brokers/{broker_id:int}/configs/{name}", ResetAsync);
        cluster.MapPost("/brokers/{broker_id:int}/configs:alter", AlterAsync);
        return cluster;
    }

    private static async Task<IResult> ListAllAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var described = await request.Cluster.DescribeClusterAsync(cancellationToken);
        if (!described.TryGet(out var cluster, out var error))
        {
            return V3Answers.Error(error);
        }

        var owners = cluster.Brokers.Select(b => ConfigOwner.Broker(b.Id, request.Links)).ToArray();
        var found = await request.Cluster.DescribeConfigsAsync([.. owners.Select(o => o.Resource)], cancellationToken);
        var bodies = new List<ConfigBody>();
        for (var i = 0; i < owners.Length; i++)
        {
            if (!found[i].TryGet(out var entries, out error))
            {
                return V3Answers.Error(error);
            }

            bodies.AddRange(entries.Select(e => ConfigBody.From(e, owners[i])));
        }

        return V3Answers.Ok(
            ListBody<ConfigBody>.Of("KafkaBrokerConfigList", $"{request.Links.Cluster}/brokers/-/configs", bodies), WireJson.Default.ListBodyConfigBody);
    }

    private static Task<IResult> ListAsync(
        ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, CancellationToken cancellationToken) =>
        OfBrokerAsync(request, brokerId, owner => ConfigAnswers.ListAsync(request, owner, cancellationToken), cancellationToken);

    private static Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, string name, CancellationToken cancellationToken) =>
        OfBrokerAsync(request, brokerId, owner => ConfigAnswers.GetAsync(request, owner, name, cancellationToken), cancellationToken);

    private static Task<IResult> SetAsync(
        HttpContext context, ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, string name, CancellationToken cancellationToken) =>
        OfBrokerAsync(request, brokerId, owner => ConfigAnswers.SetAsync(context, request, owner, name, cancellationToken), cancellationToken);

    private static Task<IResult> ResetAsync(
        ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, string name, CancellationToken cancellationToken) =>
        OfBrokerAsync(request, brokerId, owner => ConfigAnswers.ResetAsync(request, owner, name, cancellationToken), cancellationToken);

    private static Task<IResult> AlterAsync(
        HttpContext context, ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, CancellationToken cancellationToken) =>
        OfBrokerAsync(request, brokerId, owner => ConfigAnswers.AlterAsync(context, request, owner, cancellationToken), cancellationToken);

    /// <summary>Kafka does not tell an unknown broker from one that is away: look first.</summary>
    private static async Task<IResult> OfBrokerAsync(
        ClusterRequest request, int brokerId, Func<ConfigOwner, Task<IResult>> answer, CancellationToken cancellationToken)
    {
        var (broker, error) = await KnownBroker.FindAsync(request, brokerId, cancellationToken);
        return broker is null ? V3Answers.Error(error) : await answer(ConfigOwner.Broker(brokerId, request.Links));
    }
}
