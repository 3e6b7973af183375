using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Rest.V3.Partitions;

namespace Sluice.Rest.V3.Replicas;

// Replicas of a partition (the stand-alone proxy's)
//   GET /topics/{topic_name}/partitions/{partition_id}/replicas              Metadata   404/40403 unknown topic, 404 unknown partition
//   GET /topics/{topic_name}/partitions/{partition_id}/replicas/{broker_id}  Metadata   404 when that broker has none
// In the order of assignment: the preferred leader first.

internal static class ReplicasEndpoints
{
    public static RouteGroupBuilder MapReplicas(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/topics/{topic_name}/partitions/{partition_id:int}/replicas", ListAsync);
        cluster.MapGet("/topics/{topic_name}/partitions/{partition_id:int}/replicas/{broker_id:int}", GetAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        CancellationToken cancellationToken)
    {
        var (partition, error) = await KnownPartition.FindAsync(request, topicName, partitionId, cancellationToken);
        return partition is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(
                ListBody<ReplicaBody>.Of(
                    "KafkaReplicaList",
                    $"{request.Links.Partition(topicName, partitionId)}/replicas",
                    [.. partition.Replicas.Select(broker => ReplicaBody.From(topicName, partition, broker, request.Links))]),
                WireJson.Default.ListBodyReplicaBody);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        [FromRoute(Name = "broker_id")] int brokerId,
        CancellationToken cancellationToken)
    {
        var (partition, error) = await KnownPartition.FindAsync(request, topicName, partitionId, cancellationToken);
        if (partition is null)
        {
            return V3Answers.Error(error);
        }

        return partition.Replicas.Contains(brokerId)
            ? V3Answers.Ok(ReplicaBody.From(topicName, partition, brokerId, request.Links), WireJson.Default.ReplicaBody)
            : V3Answers.Error(Errors.NotFound);
    }
}
