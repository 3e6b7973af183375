using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ConsumerGroups;

// Consumer groups and their members
//   GET /consumer-groups                                     ListGroups + describe each   classic and consumer groups
//   GET /consumer-groups/{g}                                 ConsumerGroupDescribe, else DescribeGroups   404 when unknown, 403 when not to be seen, unknown or not
//   GET /consumer-groups/{g}/consumers                       the same   by consumer id
//   GET /consumer-groups/{g}/consumers/{id}                  the same   404 when there is no such member
//   GET …/consumers/{id}/assignments                         the same   by topic, then partition
//   GET …/consumers/{id}/assignments/{t}/partitions/{p}      the same   404 when that member does not own it

internal static class ConsumerGroupsEndpoints
{
    public static RouteGroupBuilder MapConsumerGroups(this RouteGroupBuilder cluster)
    {
        const string Consumer = "/consumer-groups/{consumer_group_id}/consumers/{consumer_id}";
        cluster.MapGet("/consumer-groups", ListAsync);
        cluster.MapGet("/consumer-groups/{consumer_group_id}", GetAsync);
        cluster.MapGet("/consumer-groups/{consumer_group_id}/consumers", ListConsumersAsync);
        cluster.MapGet(Consumer, GetConsumerAsync);
        cluster.MapGet(Consumer + "/assignments", ListAssignmentsAsync);
        cluster.MapGet(Consumer + "/assignments/{topic_name}/partitions/{partition_id:int}", GetAssignmentAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Consumer.ListAsync(request.Cluster, cancellationToken),
        groups => ListBody<ConsumerGroupBody>.Of(
            "KafkaConsumerGroupList", $"{request.Links.Cluster}/consumer-groups", [.. groups.Select(g => ConsumerGroupBody.From(g, request.Links))]),
        WireJson.Default.ListBodyConsumerGroupBody);

    private static async Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "consumer_group_id")] string consumerGroupId, CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Consumer.FindAsync(request.Cluster, consumerGroupId, cancellationToken),
        group => ConsumerGroupBody.From(group, request.Links),
        WireJson.Default.ConsumerGroupBody);

    private static async Task<IResult> ListConsumersAsync(
        ClusterRequest request, [FromRoute(Name = "consumer_group_id")] string consumerGroupId, CancellationToken cancellationToken)
    {
        var at = new ConsumerGroupLinks(request.Links, consumerGroupId);
        return V3Answers.Of(
            await GroupKinds.Consumer.FindAsync(request.Cluster, consumerGroupId, cancellationToken),
            group => ListBody<ConsumerBody>.Of(
                "KafkaConsumerList", $"{at.Self}/consumers", [.. GroupKinds.Consumer.MembersOf(group).Select(m => ConsumerBody.From(m, at))]),
            WireJson.Default.ListBodyConsumerBody);
    }

    private static async Task<IResult> GetConsumerAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string consumerGroupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Consumer.FindMemberAsync(request.Cluster, consumerGroupId, consumerId, cancellationToken),
        member => ConsumerBody.From(member, new ConsumerGroupLinks(request.Links, consumerGroupId)),
        WireJson.Default.ConsumerBody);

    private static async Task<IResult> ListAssignmentsAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string consumerGroupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken)
    {
        var at = new ConsumerGroupLinks(request.Links, consumerGroupId);
        return V3Answers.Of(
            await GroupKinds.Consumer.FindMemberAsync(request.Cluster, consumerGroupId, consumerId, cancellationToken),
            member => ListBody<ConsumerAssignmentBody>.Of(
                "KafkaConsumerAssignmentList",
                $"{at.Consumer(consumerId)}/assignments",
                [.. GroupWords.InOrder(member.Assignment).Select(a => ConsumerAssignmentBody.From(consumerId, a, at))]),
            WireJson.Default.ListBodyConsumerAssignmentBody);
    }

    private static async Task<IResult> GetAssignmentAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string consumerGroupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        CancellationToken cancellationToken)
    {
        var assigned = new TopicPartition(topicName, partitionId);
        var (member, error) = await GroupKinds.Consumer.FindMemberAsync(request.Cluster, consumerGroupId, consumerId, cancellationToken);
        return member is null ? V3Answers.Error(error)
            : !member.Assignment.Contains(assigned) ? V3Answers.Error(Errors.NotFound)
            : V3Answers.Ok(
                ConsumerAssignmentBody.From(consumerId, assigned, new ConsumerGroupLinks(request.Links, consumerGroupId)),
                WireJson.Default.ConsumerAssignmentBody);
    }
}
