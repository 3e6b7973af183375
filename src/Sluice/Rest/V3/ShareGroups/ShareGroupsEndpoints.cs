using Microsoft.AspNetCore.Mvc;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ShareGroups;

// Share groups (KIP-932, Kafka 4.0 and later; the Cloud's, early access there)
//   GET /share-groups                                ListGroups + ShareGroupDescribe of each
//   GET /share-groups/{g}                            ShareGroupDescribe   404 when unknown, 403 when not to be seen, unknown or not
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

    private static async Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Share.ListAsync(request.Cluster, cancellationToken),
        groups => ListBody<ShareGroupBody>.Of(
            "KafkaShareGroupList", $"{request.Links.Cluster}/share-groups", [.. groups.Select(g => ShareGroupBody.From(g, request.Links))]),
        WireJson.Default.ListBodyShareGroupBody);

    private static async Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Share.FindAsync(request.Cluster, groupId, cancellationToken),
        group => ShareGroupBody.From(group, request.Links),
        WireJson.Default.ShareGroupBody);

    private static async Task<IResult> ListConsumersAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken)
    {
        var at = new ShareGroupLinks(request.Links, groupId);
        return V3Answers.Of(
            await GroupKinds.Share.FindAsync(request.Cluster, groupId, cancellationToken),
            group => ListBody<ShareConsumerBody>.Of(
                "KafkaShareConsumerList", $"{at.Self}/consumers", [.. GroupKinds.Share.MembersOf(group).Select(m => ShareConsumerBody.From(m, at))]),
            WireJson.Default.ListBodyShareConsumerBody);
    }

    private static async Task<IResult> GetConsumerAsync(
        ClusterRequest request,
        [FromRoute(Name = "group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Share.FindMemberAsync(request.Cluster, groupId, consumerId, cancellationToken),
        member => ShareConsumerBody.From(member, new ShareGroupLinks(request.Links, groupId)),
        WireJson.Default.ShareConsumerBody);

    private static async Task<IResult> ListAssignmentsAsync(
        ClusterRequest request,
        [FromRoute(Name = "group_id")] string groupId,
        [FromRoute(Name = "consumer_id")] string consumerId,
        CancellationToken cancellationToken)
    {
        var at = new ShareGroupLinks(request.Links, groupId);
        return V3Answers.Of(
            await GroupKinds.Share.FindMemberAsync(request.Cluster, groupId, consumerId, cancellationToken),
            member => ListBody<ShareAssignmentBody>.Of(
                "KafkaConsumerAssignmentList",
                $"{at.Consumer(consumerId)}/assignments",
                [.. GroupWords.InOrder(member.Assignment).Select(a => ShareAssignmentBody.From(consumerId, a, at))]),
            WireJson.Default.ListBodyShareAssignmentBody);
    }
}
