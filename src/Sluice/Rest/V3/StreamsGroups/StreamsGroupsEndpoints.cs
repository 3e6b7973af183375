using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.StreamsGroups;

// Streams groups (KIP-1071, Kafka 4.1 and later; the Cloud's, early access there)
//   GET /streams-groups                          ListGroups + StreamsGroupDescribe of each
//   GET /streams-groups/{g}                      StreamsGroupDescribe   404 when unknown, 403 when not to be seen, unknown or not
//   GET /streams-groups/{g}/subtopologies[/{s}]  the same   by id; 404 when there is no such subtopology
//   GET /streams-groups/{g}/members[/{m}]        the same   by id; 404 when there is no such member
// Assignments of members: StreamsAssignmentsEndpoints. On a cluster without streams groups the list is empty.

internal static class StreamsGroupsEndpoints
{
    public static RouteGroupBuilder MapStreamsGroups(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/streams-groups", ListAsync);
        cluster.MapGet("/streams-groups/{group_id}", GetAsync);
        cluster.MapGet("/streams-groups/{group_id}/subtopologies", ListSubtopologiesAsync);
        cluster.MapGet("/streams-groups/{group_id}/subtopologies/{subtopology_id}", GetSubtopologyAsync);
        cluster.MapGet("/streams-groups/{group_id}/members", ListMembersAsync);
        cluster.MapGet("/streams-groups/{group_id}/members/{member_id}", GetMemberAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(ClusterRequest request, CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Streams.ListAsync(request.Cluster, cancellationToken),
        groups => ListBody<StreamsGroupBody>.Of(
            "KafkaStreamsGroupList", $"{request.Links.Cluster}/streams-groups", [.. groups.Select(g => StreamsGroupBody.From(g, request.Links))]),
        WireJson.Default.ListBodyStreamsGroupBody);

    private static async Task<IResult> GetAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Streams.FindAsync(request.Cluster, groupId, cancellationToken),
        group => StreamsGroupBody.From(group, request.Links),
        WireJson.Default.StreamsGroupBody);

    private static async Task<IResult> ListSubtopologiesAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken)
    {
        var at = new StreamsGroupLinks(request.Links, groupId);
        return V3Answers.Of(
            await GroupKinds.Streams.FindAsync(request.Cluster, groupId, cancellationToken),
            group => ListBody<SubtopologyBody>.Of(
                "KafkaStreamsGroupSubtopologyList",
                $"{at.Self}/subtopologies",
                [.. group.Subtopologies.OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => SubtopologyBody.From(s, at))]),
            WireJson.Default.ListBodySubtopologyBody);
    }

    private static async Task<IResult> GetSubtopologyAsync(
        ClusterRequest request,
        [FromRoute(Name = "group_id")] string groupId,
        [FromRoute(Name = "subtopology_id")] string subtopologyId,
        CancellationToken cancellationToken)
    {
        var (group, error) = await GroupKinds.Streams.FindAsync(request.Cluster, groupId, cancellationToken);
        return group is null ? V3Answers.Error(error)
            : group.Subtopologies.FirstOrDefault(s => s.Id == subtopologyId) is { } subtopology
                ? V3Answers.Ok(SubtopologyBody.From(subtopology, new StreamsGroupLinks(request.Links, groupId)), WireJson.Default.SubtopologyBody)
            : V3Answers.Error(new GatewayError(404, 404, $"Subtopology {subtopologyId} of streams group {groupId} could not be found."));
    }

    private static async Task<IResult> ListMembersAsync(
        ClusterRequest request, [FromRoute(Name = "group_id")] string groupId, CancellationToken cancellationToken)
    {
        var at = new StreamsGroupLinks(request.Links, groupId);
        return V3Answers.Of(
            await GroupKinds.Streams.FindAsync(request.Cluster, groupId, cancellationToken),
            group => ListBody<StreamsMemberBody>.Of(
                "KafkaStreamsGroupMemberList", $"{at.Self}/members", [.. GroupKinds.Streams.MembersOf(group).Select(m => StreamsMemberBody.From(m, at))]),
            WireJson.Default.ListBodyStreamsMemberBody);
    }

    private static async Task<IResult> GetMemberAsync(
        ClusterRequest request,
        [FromRoute(Name = "group_id")] string groupId,
        [FromRoute(Name = "member_id")] string memberId,
        CancellationToken cancellationToken) => V3Answers.Of(
        await GroupKinds.Streams.FindMemberAsync(request.Cluster, groupId, memberId, cancellationToken),
        member => StreamsMemberBody.From(member, new StreamsGroupLinks(request.Links, groupId)),
        WireJson.Default.StreamsMemberBody);
}
