using Sluice.Http;
using Sluice.Kafka.Groups;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.ConsumerGroups;

/// <summary>The consumer group, or the member of one, that a path names.</summary>
internal static class KnownConsumerGroup
{
    public static async Task<(GroupDescription? Group, GatewayError Error)> FindAsync(
        ClusterRequest request, string groupId, CancellationToken cancellationToken)
    {
        var found = (await request.Cluster.DescribeGroupsAsync([groupId], cancellationToken))[0];
        return found.TryGet(out var group, out var error) ? (group, default) : (null, KnownGroups.Missing(error, $"Consumer group {groupId}"));
    }

    public static async Task<(GroupMember? Member, GatewayError Error)> FindMemberAsync(
        ClusterRequest request, string groupId, string consumerId, CancellationToken cancellationToken)
    {
        var (group, error) = await FindAsync(request, groupId, cancellationToken);
        return group is null ? (null, error)
            : group.Members.FirstOrDefault(m => m.MemberId == consumerId) is { } member ? (member, default)
            : (null, KnownGroups.NotFound($"Consumer {consumerId} of consumer group {groupId}"));
    }
}
