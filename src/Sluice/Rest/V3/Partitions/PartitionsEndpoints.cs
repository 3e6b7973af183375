using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Partitions;

// Partitions
//   GET /topics/{topic_name}/partitions                         Metadata
//   GET /topics/{topic_name}/partitions/{partition_id}          Metadata     404 when there is no such partition
//   GET /topics/{topic_name}/partitions/{partition_id}/offset   ListOffsets  404/40402 when there is no such partition
// Differs from the proxy: a partition without a leader does not fail the list.

internal static class PartitionsEndpoints
{
    public static RouteGroupBuilder MapPartitions(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/topics/{topic_name}/partitions", ListAsync);
        cluster.MapGet("/topics/{topic_name}/partitions/{partition_id:int}", GetAsync);
        cluster.MapGet("/topics/{topic_name}/partitions/{partition_id:int}/offset", OffsetsAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeTopicAsync(topicName, includeAuthorizedOperations: false, cancellationToken);
        return found.TryGet(out var topic, out var error)
            ? V3Answers.Ok(
                ListBody<PartitionBody>.Of(
                    "KafkaPartitionList",
                    $"{request.Links.Topic(topicName)}/partitions",
                    [.. topic.Partitions.Select(p => PartitionBody.From(topicName, p, request.Links))]),
                WireJson.Default.ListBodyPartitionBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        CancellationToken cancellationToken)
    {
        var (partition, error) = await KnownPartition.FindAsync(request, topicName, partitionId, cancellationToken);
        return partition is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(PartitionBody.From(topicName, partition, request.Links), WireJson.Default.PartitionBody);
    }

    private static async Task<IResult> OffsetsAsync(
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        [FromQuery(Name = "offset_type")] string? offsetType,
        CancellationToken cancellationToken)
    {
        if (offsetType is not (null or "") && !offsetType.Equals(PartitionOffsetsBody.EarliestAndLatest, StringComparison.OrdinalIgnoreCase))
        {
            return V3Answers.Error(Errors.BadRequest($"Bad Request: offset_type:{offsetType} is invalid"));
        }

        var found = await request.Cluster.DescribeTopicAsync(topicName, includeAuthorizedOperations: false, cancellationToken);
        if (!found.TryGet(out var topic, out var error))
        {
            return V3Answers.Error(error);
        }

        if (topic.Partitions.All(p => p.Id != partitionId))
        {
            return V3Answers.Error(new GatewayError(404, 40402, "Partition not found."));
        }

        var partition = new TopicPartition(topicName, partitionId);
        var offsets = await request.Cluster.ListOffsetsAsync(
            [new OffsetQuery(partition, OffsetQuery.Earliest), new OffsetQuery(partition, OffsetQuery.Latest)],
            IsolationLevel.ReadUncommitted,
            cancellationToken);
        return offsets[0].TryGet(out var earliest, out error) && offsets[1].TryGet(out var latest, out error)
            ? V3Answers.Ok(
                PartitionOffsetsBody.From(topicName, partitionId, earliest, latest, request.Links), WireJson.Default.PartitionOffsetsBody)
            : V3Answers.Error(error);
    }
}
