using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.Groups;

/// <summary>
/// One kind of group: lists them, finds the one that a path names, or a member of it. One that may not be described is left out of lists, and 403 by
/// itself, whether or not there is one: nobody learns which groups there are.
/// </summary>
/// <param name="name">For messages: <c>share group</c>.</param>
/// <param name="memberName">For messages: <c>Consumer</c>.</param>
/// <param name="types">What Kafka calls the kind.</param>
/// <param name="describe">One result for each id, in order.</param>
/// <param name="members">Of a group.</param>
/// <param name="idOf">Of a member.</param>
internal sealed class GroupKind<TGroup, TMember>(
    string name,
    string memberName,
    GroupType[] types,
    Func<ICluster, IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<KafkaResult<TGroup>>>> describe,
    Func<TGroup, IReadOnlyList<TMember>> members,
    Func<TMember, string> idOf)
    where TGroup : class
    where TMember : class
{
    public async Task<KafkaResult<IReadOnlyList<TGroup>>> ListAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var listed = await cluster.ListGroupsAsync(types, cancellationToken);
        if (!listed.TryGet(out var groups, out var error))
        {
            return error;
        }

        var found = new List<TGroup>();
        foreach (var result in await describe(cluster, [.. groups.Select(g => g.GroupId)], cancellationToken))
        {
            if (result.TryGet(out var group, out error))
            {
                found.Add(group);
            }
            else if (!IsUnseen(error) && error.Code != KafkaErrorCode.TopicAuthorizationFailed)
            {
                return error; // brokers show no group that reads a topic which the caller may not describe: the others are still worth having
            }
        }

        return found;
    }

    public async Task<(TGroup? Group, GatewayError Error)> FindAsync(ICluster cluster, string groupId, CancellationToken cancellationToken)
    {
        var found = (await describe(cluster, [groupId], cancellationToken))[0];
        return found.TryGet(out var group, out var error) ? (group, default) : (null, Missing(error, groupId));
    }

    public async Task<(TMember? Member, GatewayError Error)> FindMemberAsync(
        ICluster cluster, string groupId, string memberId, CancellationToken cancellationToken)
    {
        var (group, error) = await FindAsync(cluster, groupId, cancellationToken);
        return group is null ? (null, error)
            : members(group).FirstOrDefault(m => idOf(m) == memberId) is { } member ? (member, default)
            : (null, NotFound($"{memberName} {memberId} of {name} {groupId}"));
    }

    /// <summary>By id.</summary>
    public IEnumerable<TMember> MembersOf(TGroup group) => members(group).OrderBy(idOf, StringComparer.Ordinal);

    /// <param name="error">What asking about the group gave.</param>
    /// <param name="groupId">Which group.</param>
    public GatewayError Missing(KafkaError error, string groupId) =>
        error.Code == KafkaErrorCode.GroupIdNotFound ? NotFound($"{char.ToUpperInvariant(name[0])}{name[1..]} {groupId}") : KafkaErrors.ToGateway(error);

    private static GatewayError NotFound(string what) => new(404, 404, $"{what} could not be found.");

    private static bool IsUnseen(KafkaError error) => error.Code is KafkaErrorCode.GroupIdNotFound or KafkaErrorCode.GroupAuthorizationFailed;
}
