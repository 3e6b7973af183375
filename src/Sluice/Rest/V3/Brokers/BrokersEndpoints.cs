using Microsoft.AspNetCore.Mvc;
using Sluice.Rest.V3.Replicas;

namespace Sluice.Rest.V3.Brokers;

// Brokers (the stand-alone proxy's; the Cloud links to them but does not serve them)
//   GET /brokers                                 DescribeCluster
//   GET /brokers/{broker_id}                     DescribeCluster              404 when it is not there
//   GET /brokers/{broker_id}/partition-replicas  DescribeCluster + Metadata   by topic, then partition
// Differs from the proxy: replicas come from the metadata, which also has those on a broker that is down; internal topics are among them, as there.

internal static class BrokersEndpoints
{
    public static RouteGroupBuilder MapBrokers(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/brokers", ListAsync);
        cluster.MapGet("/brokers/{broker_id:int}", GetAsync);
        cluster.MapGet("/brokers/{broker_id:int}/partition-replicas", ListReplicasAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var described = await request.Cluster.DescribeClusterAsync(cancellationToken);
        return described.TryGet(out var cluster, out var error)
            ? V3Answers.Ok(
                ListBody<BrokerBody>.Of(
                    "KafkaBrokerList", $"{request.Links.Cluster}/brokers", [.. cluster.Brokers.Select(b => BrokerBody.From(b, request.Links))]),
                WireJson.Default.ListBodyBrokerBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, CancellationToken cancellationToken)
    {
        var (broker, error) = await KnownBroker.FindAsync(request, brokerId, cancellationToken);
        return broker is null ? V3Answers.Error(error) : V3Answers.Ok(BrokerBody.From(broker, request.Links), WireJson.Default.BrokerBody);
    }

    private static async Task<IResult> ListReplicasAsync(
        ClusterRequest request, [FromRoute(Name = "broker_id")] int brokerId, CancellationToken cancellationToken)
    {
        var (broker, missing) = await KnownBroker.FindAsync(request, brokerId, cancellationToken);
        if (broker is null)
        {
            return V3Answers.Error(missing);
        }

        var listed = await request.Cluster.ListTopicsAsync(includeAuthorizedOperations: false, cancellationToken);
        return listed.TryGet(out var topics, out var error)
            ? V3Answers.Ok(
                ListBody<ReplicaBody>.Of(
                    "KafkaReplicaList",
                    $"{request.Links.Broker(brokerId)}/partition-replicas",
                    [
                        .. from topic in topics
                           from partition in topic.Partitions
                           where partition.Replicas.Contains(brokerId)
                           select ReplicaBody.From(topic.Name, partition, brokerId, request.Links),
                    ]),
                WireJson.Default.ListBodyReplicaBody)
            : V3Answers.Error(error);
    }
}
