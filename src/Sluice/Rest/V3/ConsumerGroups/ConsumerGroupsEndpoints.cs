using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ConsumerGroups;

// Consumer groups and their members
//   GET /consumer-groups                                     ListGroups + describe each   classic and consumer groups
//   GET /consumer-groups/{g}                                 ConsumerGroupDescribe, else DescribeGroups   404 when unknown or not to be seen
//   GET /consumer-groups/{g}/consumers                       the same   by consumer id
//   GET /consumer-groups/{g}/consumers/{id}                  the same   404 when there is no such member
//   GET …/consumers/{id}/assignments                         the same   by topic, then partition
//   GET …/consumers/{id}/assignments/{t}/partitions/{p}      the same   404 when that member does not own it

internal static class ConsumerGroupsEndpoints
{
    private static readonly GroupType[] Types = [GroupType.Classic, GroupType.Consumer];

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

    private static async Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var listed = await KnownGroups.ListAsync(
            request, Types, groups => request.Cluster.DescribeGroupsAsync(groups, cancellationToken), cancellationToken);
        return listed.TryGet(out var found, out var error)
            ? V3Answers.Ok(
                ListBody<ConsumerGroupBody>.Of(
                    "KafkaConsumerGroupList",
                    $"{request.Links.Cluster}/consumer-groups",
                    [.. found.Select(g => ConsumerGroupBody.From(g, request.Links))]),
                WireJson.Default.ListBodyConsumerGroupBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "consumer_group_id")] string groupId, CancellationToken cancellationToken)
    {
        var (group, error) = await KnownConsumerGroup.FindAsync(request, groupId, cancellationToken);
        return group is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(ConsumerGroupBody.From(group, request.Links), WireJson.Default.ConsumerGroupBody);
    }

    private static async Task<IResult> ListConsumersAsync(
        ClusterRequest request, [FromRoute(Name = "consumer_group_id")] string groupId, CancellationToken cancellationToken)
    {
        var at = new ConsumerGroupLinks(request.Links, groupId);
        var (group, error) = await KnownConsumerGroup.FindAsync(request, groupId, cancellationToken);
        return group is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(
                ListBody<ConsumerBody>.Of(
                    "KafkaConsumerList",
                    $"{at.Self}/consumers",
                    [.. group.Members.OrderBy(m => m.MemberId, StringComparer.Ordinal).Select(m => ConsumerBody.From(m, at))]),
                WireJson.Default.ListBodyConsumerBody);
    }

    private static async Task<IResult> GetConsumerAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken)
    {
        var (member, error) = await KnownConsumerGroup.FindMemberAsync(request, groupId, consumerId, cancellationToken);
        return member is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(ConsumerBody.From(member, new ConsumerGroupLinks(request.Links, groupId)), WireJson.Default.ConsumerBody);
    }

    private static async Task<IResult> ListAssignmentsAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken)
    {
        var at = new ConsumerGroupLinks(request.Links, groupId);
        var (member, error) = await KnownConsumerGroup.FindMemberAsync(request, groupId, consumerId, cancellationToken);
        return member is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(
                ListBody<ConsumerAssignmentBody>.Of(
                    "KafkaConsumerAssignmentList",
                    $"{at.Consumer(consumerId)}/assignments",
                    [
                        .. member.Assignment.OrderBy(a => a.Topic, StringComparer.Ordinal).ThenBy(a => a.Partition)
                            .Select(a => ConsumerAssignmentBody.From(consumerId, a, at)),
                    ]),
                WireJson.Default.ListBodyConsumerAssignmentBody);
    }

    private static async Task<IResult> GetAssignmentAsync(
        ClusterRequest request,
        [FromRoute(Name = "consumer_group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        [FromRoute(Name = "topic_name")] string topicName,
        [FromRoute(Name = "partition_id")] int partitionId,
        CancellationToken cancellationToken)
    {
        var (member, error) = await KnownConsumerGroup.FindMemberAsync(request, groupId, consumerId, cancellationToken);
        if (member is null)
        {
            return V3Answers.Error(error);
        }

        var assigned = new TopicPartition(topicName, partitionId);
        return member.Assignment.Contains(assigned)
            ? V3Answers.Ok(
                ConsumerAssignmentBody.From(consumerId, assigned, new ConsumerGroupLinks(request.Links, groupId)),
                WireJson.Default.ConsumerAssignmentBody)
            : V3Answers.Error(Errors.NotFound);
    }
}
