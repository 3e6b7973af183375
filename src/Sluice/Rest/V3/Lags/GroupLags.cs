using Sluice.Http;
using Sluice.Kafka;
using Sluice.Kafka.Groups;
using Sluice.Kafka.Topics;
using Sluice.Rest.V3.Groups;

namespace Sluice.Rest.V3.Lags;

/// <summary>Works out the lags of a group: OffsetFetch, and ListOffsets of what was committed.</summary>
internal static class GroupLags
{
    /// <returns>By topic, then partition; never empty: a group that has committed nothing is 404, as is an unknown one.</returns>
    public static async Task<(IReadOnlyList<PartitionLag> Lags, GatewayError Error)> OfAsync(
        ClusterRequest request, string groupId, CancellationToken cancellationToken)
    {
        var (group, missing) = await GroupKinds.Consumer.FindAsync(request.Cluster, groupId, cancellationToken);
        if (group is null)
        {
            return ([], missing);
        }

        var fetched = await request.Cluster.ListGroupOffsetsAsync(groupId, cancellationToken);
        if (!fetched.TryGet(out var committed, out var error))
        {
            return ([], GroupKinds.Consumer.Missing(error, groupId));
        }

        var ends = committed.Count == 0 ? [] : await request.Cluster.ListOffsetsAsync(
            [.. committed.Select(c => new OffsetQuery(c.Partition, OffsetQuery.Latest))], IsolationLevel.ReadCommitted, cancellationToken);
        var owners = Owners(group);
        var lags = new List<PartitionLag>(committed.Count);
        for (var i = 0; i < ends.Count; i++)
        {
            if (ends[i].TryGet(out var end, out error))
            {
                lags.Add(new PartitionLag(committed[i].Partition, committed[i].Offset, end, owners.GetValueOrDefault(committed[i].Partition)));
            }

            // Offsets outlive the topic they are of.
            else if (error.Code is not KafkaErrorCode.UnknownTopicOrPartition)
            {
                return ([], KafkaErrors.ToGateway(error));
            }
        }

        return lags.Count == 0 ? ([], new GatewayError(404, 404, $"Offsets of consumer group {groupId} could not be found.")) : (lags, default);
    }

    private static Dictionary<TopicPartition, GroupMember> Owners(GroupDescription group)
    {
        var owners = new Dictionary<TopicPartition, GroupMember>();
        foreach (var member in group.Members)
        {
            foreach (var partition in member.Assignment)
            {
                owners[partition] = member;
            }
        }

        return owners;
    }
}
