using Sluice.Http;
using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.StreamsGroups;

/// <summary>The streams group, or the member of one, that a path names.</summary>
internal static class KnownStreamsGroup
{
    public static async Task<(StreamsGroupDescription? Group, GatewayError Error)> FindAsync(
        ClusterRequest request, string groupId, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeStreamsGroupAsync(groupId, cancellationToken);
        return found.TryGet(out var group, out var error) ? (group, default) : (null, KnownGroups.Missing(error, $"Streams group {groupId}"));
    }

    public static async Task<(StreamsMember? Member, GatewayError Error)> FindMemberAsync(
        ClusterRequest request, string groupId, string memberId, CancellationToken cancellationToken)
    {
        var (group, error) = await FindAsync(request, groupId, cancellationToken);
        return group is null ? (null, error)
            : group.Members.FirstOrDefault(m => m.MemberId == memberId) is { } member ? (member, default)
            : (null, KnownGroups.NotFound($"Member {memberId} of streams group {groupId}"));
    }
}
