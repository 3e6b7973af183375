using Microsoft.AspNetCore.Mvc;
using Sluice.Http;
using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.StreamsGroups;

// Assignments of a streams group's member: what it runs now (assignments), what it is to run (target-assignments)
//   GET …/members/{m}/assignments                                   StreamsGroupDescribe   links to the three kinds of tasks
//   GET …/members/{m}/assignments/{type}                            the same   active, standby or warmup, in any case; by subtopology
//   GET …/members/{m}/assignments/{type}/subtopologies/{s}          the same   404 when it has none there
// and all three with target-assignments. The kinds of lists and tasks are those of the Cloud's examples, which are not settled.

internal static class StreamsAssignmentsEndpoints
{
    private const string Current = "assignments";
    private const string Target = "target-assignments";

    public static RouteGroupBuilder MapStreamsAssignments(this RouteGroupBuilder cluster)
    {
        foreach (var which in new[] { Current, Target })
        {
            var path = $"/streams-groups/{{group_id}}/members/{{member_id}}/{which}";
            var assignments = cluster.MapGroup(path);
            assignments.MapGet("", (ClusterRequest request, Member member, CancellationToken cancellationToken) =>
                GetAsync(request, member, which, cancellationToken));
            assignments.MapGet("/{assignments_type}", (ClusterRequest request, Member member, CancellationToken cancellationToken) =>
                ListTasksAsync(request, member, which, cancellationToken));
            assignments.MapGet("/{assignments_type}/subtopologies/{subtopology_id}", (
                ClusterRequest request,
                Member member,
                [FromRoute(Name = "subtopology_id")] string subtopologyId,
                CancellationToken cancellationToken) => GetTasksAsync(request, member, which, subtopologyId, cancellationToken));
        }

        return cluster;
    }

    private static async Task<IResult> GetAsync(ClusterRequest request, Member path, string which, CancellationToken cancellationToken)
    {
        return V3Answers.Of(
            await GroupKinds.Streams.FindMemberAsync(request.Cluster, path.GroupId, path.MemberId, cancellationToken),
            _ => StreamsAssignmentsBody.From(path.MemberId, which, new StreamsGroupLinks(request.Links, path.GroupId)),
            WireJson.Default.StreamsAssignmentsBody);
    }

    private static async Task<IResult> ListTasksAsync(ClusterRequest request, Member path, string which, CancellationToken cancellationToken)
    {
        var (tasks, self, crn, error) = await FindTasksAsync(request, path, which, cancellationToken);
        return error.IsNone
            ? V3Answers.Ok(
                ListBody<StreamsTaskBody>.Of("KafkaStreamsGroupMemberAssignments", self, [.. tasks.Select(t => StreamsTaskBody.From(t, self, crn))]),
                WireJson.Default.ListBodyStreamsTaskBody)
            : V3Answers.Error(error);
    }

    private static async Task<IResult> GetTasksAsync(
        ClusterRequest request, Member path, string which, string subtopologyId, CancellationToken cancellationToken)
    {
        var (tasks, self, crn, error) = await FindTasksAsync(request, path, which, cancellationToken);
        if (!error.IsNone)
        {
            return V3Answers.Error(error);
        }

        return tasks.FirstOrDefault(t => t.SubtopologyId == subtopologyId) is { } found
            ? V3Answers.Ok(StreamsTaskBody.From(found, self, crn), WireJson.Default.StreamsTaskBody)
            : V3Answers.Error(Errors.NotFound);
    }

    private static async Task<(IReadOnlyList<StreamsTasks> Tasks, string Self, string Crn, GatewayError Error)> FindTasksAsync(
        ClusterRequest request, Member path, string which, CancellationToken cancellationToken)
    {
        Func<StreamsAssignment, IReadOnlyList<StreamsTasks>>? pick = path.Type?.ToUpperInvariant() switch
        {
            "ACTIVE" => static a => a.Active,
            "STANDBY" => static a => a.Standby,
            "WARMUP" => static a => a.Warmup,
            _ => null,
        };
        if (pick is null)
        {
            return ([], "", "", new GatewayError(404, 404, "The type of assignments is one of active, standby and warmup."));
        }

        var (member, error) = await GroupKinds.Streams.FindMemberAsync(request.Cluster, path.GroupId, path.MemberId, cancellationToken);
        if (member is null)
        {
            return ([], "", "", error);
        }

        var at = new StreamsGroupLinks(request.Links, path.GroupId);
        var type = path.Type!.ToLowerInvariant();
        IReadOnlyList<StreamsTasks> tasks =
            [.. pick(which == Current ? member.Assignment : member.TargetAssignment).OrderBy(t => t.SubtopologyId, StringComparer.Ordinal)];
        return (tasks, $"{at.Member(path.MemberId)}/{which}/{type}", $"{at.MemberCrn(path.MemberId)}/{which}={type}", default);
    }

    /// <summary>What all of these paths name.</summary>
    internal sealed record Member(string GroupId, string MemberId, string? Type)
    {
        public static ValueTask<Member?> BindAsync(HttpContext context) => ValueTask.FromResult<Member?>(new Member(
            (string)context.GetRouteValue("group_id")!,
            (string)context.GetRouteValue("member_id")!,
            (string?)context.GetRouteValue("assignments_type")));
    }
}
