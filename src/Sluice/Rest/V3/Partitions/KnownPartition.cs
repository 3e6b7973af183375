using Sluice.Http;
using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Partitions;

/// <summary>The partition that a path names.</summary>
internal static class KnownPartition
{
    /// <returns>The partition, or 404/40403 for an unknown topic, 404/404 for an unknown partition.</returns>
    public static async Task<(PartitionDescription? Partition, GatewayError Error)> FindAsync(
        ClusterRequest request, string topicName, int partitionId, CancellationToken cancellationToken)
    {
        var found = await request.Cluster.DescribeTopicAsync(topicName, includeAuthorizedOperations: false, cancellationToken);
        if (!found.TryGet(out var topic, out var error))
        {
            return (null, KafkaErrors.ToGateway(error));
        }

        return topic.Partitions.FirstOrDefault(p => p.Id == partitionId) is { } partition ? (partition, default) : (null, Errors.NotFound);
    }
}
