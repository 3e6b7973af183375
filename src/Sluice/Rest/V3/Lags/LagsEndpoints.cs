using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka;
using Sluice.Rest.V3.ConsumerGroups;

namespace Sluice.Rest.V3.Lags;

// Lags of a consumer group: how far behind the last stable offset its committed offsets are
//   GET /consumer-groups/{g}/lag-summary               OffsetFetch + ListOffsets (read committed)
//   GET /consumer-groups/{g}/lags                      the same   largest lag first, then by topic and partition
//   GET /consumer-groups/{g}/lags/{t}/partitions/{p}   the same   404 when nothing is committed there
// 404 for all three when the group is unknown or has committed nothing: the list is never empty.

internal static class LagsEndpoints
{
    public static RouteGroupBuilder MapLags(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/consumer-groups/{consumer_group_id}/lag-summary", SummarizeAsync);
        cluster.MapGet("/consumer-groups/{consumer_group_id}/lags", ListAsync);
        cluster.MapGet("/consumer-groups/{consumer_group_id}/lags/{topic_name}/partitions/{partition_id:int}", GetAsync);
        return cluster;
    }

    private static async Task<IResult> SummarizeAsync(
        ClusterRequest request, [FromRoute(Name = "consumer_group_id")] string consumerGroupId, CancellationToken cancellationToken)
    {
        var (lags, error) = await GroupLags.OfAsync(request, consumerGroupId, cancellationToken);
        return error.IsNone
            ? V3Answers.Ok(LagSummaryBody.From(lags, new ConsumerGroupLinks(request.Links, consumerGroupId)), WireJson.Default.LagSummaryBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> ListAsync(
        ClusterRequest request, [FromRoute(Name = "consumer_group_id")] string consumerGroupId, CancellationToken cancellationToken)
    {
        var at = new ConsumerGroupLinks(request.Links, consumerGroupId);
        var (lags, error) = await GroupLags.OfAsync(request, consumerGroupId, cancellationToken);
        return error.IsNone
            ? V3Answers.Ok(
                ListBody<LagBody>.Of(
                    "KafkaConsumerLagList", $"{at.Self}/lags", [.. lags.OrderByDescending(l => l.Lag).Select(l => LagBody.From(l, at))]),
                WireJson.Default.ListBodyLagBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string consumerGroupId,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        CancellationToken cancellationToken)
    {
        var (lags, error) = await GroupLags.OfAsync(request, consumerGroupId, cancellationToken);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        return lags.FirstOrDefault(l => l.Partition == new TopicPartition(topicName, partitionId)) is { } lag
            ? V3Answers.Ok(LagBody.From(lag, new ConsumerGroupLinks(request.Links, consumerGroupId)), WireJson.Default.LagBody)
            : V3Answers.Error(Errors.NotFound);
    }
}
