using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka;
using Sluice.Rest.V3.Partitions;

namespace Sluice.Rest.V3.Reassignments;

// Reassignments under way (the stand-alone proxy's)
//   GET /topics/-/partitions/-/reassignment                          ListPartitionReassignments   by topic, then partition; [] when nothing moves
//   GET /topics/{topic_name}/partitions/-/reassignment               Metadata + the same          404/40403 unknown topic
//   GET /topics/{topic_name}/partitions/{partition_id}/reassignment  Metadata + the same          404 when that partition does not move
// Resource names end in "reassignment" in lists too (the proxy says "reassignments" there).

internal static class ReassignmentsEndpoints
{
    public static RouteGroupBuilder MapReassignments(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/topics/-/partitions/-/reassignment", ListAllAsync);
        cluster.MapGet("/topics/{topic_name}/partitions/-/reassignment", ListOfTopicAsync);
        cluster.MapGet("/topics/{topic_name}/partitions/{partition_id:int}/reassignment", GetAsync);
        return cluster;
    }

    private static async Task<IResult> ListAllAsync(ClusterRequest request, CancellationToken cancellationToken) =>
        await AnswerAsync(request, null, "-", cancellationToken);

    private static async Task<IResult> ListOfTopicAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeTopicAsync(topicName, includeAuthorizedOperations: false, cancellationToken);
        return found.TryGet(out var topic, out var error)
            ? await AnswerAsync(request, [.. topic.Partitions.Select(p => new TopicPartition(topicName, p.Id))], topicName, cancellationToken)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        CancellationToken cancellationToken)
    {
        var (partition, missing) = await KnownPartition.FindAsync(request, topicName, partitionId, cancellationToken);
        if (partition is null)
        {
            return V3Answers.Error(missing);
        }

        var listed = await request.Cluster.ListReassignmentsAsync([new TopicPartition(topicName, partitionId)], cancellationToken);
        if (!listed.TryGet(out var moving, out var error))
        {
            return V3Answers.Error(error);
        }

        return moving is [var reassignment, ..]
            ? V3Answers.Ok(ReassignmentBody.From(reassignment, request.Links), WireJson.Default.ReassignmentBody)
            : V3Answers.Error(Errors.NotFound);
    }

    private static async Task<IResult> AnswerAsync(
        ClusterRequest request, IReadOnlyList<TopicPartition>? partitions, string topic, CancellationToken cancellationToken)
    {
        var listed = await request.Cluster.ListReassignmentsAsync(partitions, cancellationToken);
        return listed.TryGet(out var moving, out var error)
            ? V3Answers.Ok(
                ListBody<ReassignmentBody>.Of(
                    "KafkaReassignmentList", request.Links.Reassignments(topic), [.. moving.Select(r => ReassignmentBody.From(r, request.Links))]),
                WireJson.Default.ListBodyReassignmentBody)
            : V3Answers.Error(error);
    }
}
