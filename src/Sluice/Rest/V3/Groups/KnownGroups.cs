using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.Groups;

/// <summary>
/// Groups that the caller may see. One that may not be described is treated as one that does not exist: left out of lists, 404 (never 403)
/// by itself, so that nobody learns which groups there are.
/// </summary>
internal static class KnownGroups
{
    /// <summary>Lists the groups of some types and describes each.</summary>
    public static async Task<KafkaResult<IReadOnlyList<T>>> ListAsync<T>(
        ClusterRequest request,
        GroupType[] types,
        Func<IReadOnlyList<string>, Task<IReadOnlyList<KafkaResult<T>>>> describe,
        CancellationToken cancellationToken)
    {
        var listed = await request.Cluster.ListGroupsAsync(types, cancellationToken);
        if (!listed.TryGet(out var groups, out var error))
        {
            return error;
        }

        var found = new List<T>();
        foreach (var result in await describe([.. groups.Select(g => g.GroupId)]))
        {
            if (result.TryGet(out var group, out error))
            {
                found.Add(group);
            }
            else if (!IsUnseen(error))
            {
                return error;
            }
        }

        return found;
    }

    /// <param name="error">What describing the group gave.</param>
    /// <param name="what">For the message: <c>Consumer group orders</c>.</param>
    public static GatewayError Missing(KafkaError error, string what) =>
        IsUnseen(error) ? NotFound(what) : KafkaErrors.ToGateway(error);

    public static GatewayError NotFound(string what) => new(404, 404, $"{what} could not be found.");

    private static bool IsUnseen(KafkaError error) => error.Code is KafkaErrorCode.GroupIdNotFound or KafkaErrorCode.GroupAuthorizationFailed;
}
