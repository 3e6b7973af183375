using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ShareGroups;

// Share groups (KIP-932, Kafka 4.0 and later; the Cloud's, early access there)
//   GET /share-groups                                ListGroups + ShareGroupDescribe of each
//   GET /share-groups/{g}                            ShareGroupDescribe   404 when unknown or not to be seen
//   GET /share-groups/{g}/consumers                  the same   by consumer id
//   GET /share-groups/{g}/consumers/{id}             the same   404 when there is no such member
//   GET /share-groups/{g}/consumers/{id}/assignments the same   by topic, then partition
// The kinds of the two lists are those of the Cloud's examples. On a cluster without share groups the list is empty.

internal static class ShareGroupsEndpoints
{
    public static RouteGroupBuilder MapShareGroups(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/share-groups", ListAsync);
        cluster.MapGet("/share-groups/{group_id}", GetAsync);
        cluster.MapGet("/share-groups/{group_id}/consumers", ListConsumersAsync);
        cluster.MapGet("/share-groups/{group_id}/consumers/{consumer_id}", GetConsumerAsync);
        cluster.MapGet("/share-groups/{group_id}/consumers/{consumer_id}/assignments", ListAssignmentsAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken)
    {
        var listed = await KnownGroups.ListAsync<ShareGroupDescription>(
            request,
            [GroupType.Share],
            async groups => await Task.WhenAll(groups.Select(g => request.Cluster.DescribeShareGroupAsync(g, cancellationToken))),
            cancellationToken);
        return listed.TryGet(out var found, out var error)
            ? V3Answers.Ok(
                ListBody<ShareGroupBody>.Of(
                    "KafkaShareGroupList", $"{request.Links.Cluster}/share-groups", [.. found.Select(g => ShareGroupBody.From(g, request.Links))]),
                WireJson.Default.ListBodyShareGroupBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken)
    {
        var (group, error) = await FindAsync(request, groupId, cancellationToken);
        return group is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(ShareGroupBody.From(group, request.Links), WireJson.Default.ShareGroupBody);
    }

    private static async Task<IResult> ListConsumersAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken)
    {
        var at = new ShareGroupLinks(request.Links, groupId);
        var (group, error) = await FindAsync(request, groupId, cancellationToken);
        return group is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(
                ListBody<ShareConsumerBody>.Of(
                    "KafkaShareConsumerList",
                    $"{at.Self}/consumers",
                    [.. group.Members.OrderBy(m => m.MemberId, StringComparer.Ordinal).Select(m => ShareConsumerBody.From(m, at))]),
                WireJson.Default.ListBodyShareConsumerBody);
    }

    private static async Task<IResult> GetConsumerAsync(
        ClusterRequest request,
        [FromRoute(Name = "group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken)
    {
        var (member, error) = await FindMemberAsync(request, groupId, consumerId, cancellationToken);
        return member is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(ShareConsumerBody.From(member, new ShareGroupLinks(request.Links, groupId)), WireJson.Default.ShareConsumerBody);
    }

    private static async Task<IResult> ListAssignmentsAsync(
        ClusterRequest request,
        [FromRoute(Name = "group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken)
    {
        var at = new ShareGroupLinks(request.Links, groupId);
        var (member, error) = await FindMemberAsync(request, groupId, consumerId, cancellationToken);
        return member is null
            ? V3Answers.Error(error)
            : V3Answers.Ok(
                ListBody<ShareAssignmentBody>.Of(
                    "KafkaConsumerAssignmentList",
                    $"{at.Consumer(consumerId)}/assignments",
                    [
                        .. member.Assignment.OrderBy(a => a.Topic, StringComparer.Ordinal).ThenBy(a => a.Partition)
                            .Select(a => ShareAssignmentBody.From(consumerId, a, at)),
                    ]),
                WireJson.Default.ListBodyShareAssignmentBody);
    }

    private static async Task<(ShareGroupDescription? Group, GatewayError Error)> FindAsync(
        ClusterRequest request, string groupId, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeShareGroupAsync(groupId, cancellationToken);
        return found.TryGet(out var group, out var error) ? (group, default) : (null, KnownGroups.Missing(error, $"Share group {groupId}"));
    }

    private static async Task<(GroupMember? Member, GatewayError Error)> FindMemberAsync(
        ClusterRequest request, string groupId, string consumerId, CancellationToken cancellationToken)
    {
        var (group, error) = await FindAsync(request, groupId, cancellationToken);
        return group is null ? (null, error)
            : group.Members.FirstOrDefault(m => m.MemberId == consumerId) is { } member ? (member, default)
            : (null, KnownGroups.NotFound($"Consumer {consumerId} of share group {groupId}"));
    }
}
