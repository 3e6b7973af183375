using Sluice.Http;
using Sluice.Kafka.Brokers;

namespace Sluice.Rest.V3.Brokers;

/// <summary>The broker that a path names.</summary>
internal static class KnownBroker
{
    /// <returns>The broker, or 404 when the cluster has none of that id now.</returns>
    public static async Task<(Broker? Broker, GatewayError Error)> FindAsync(ClusterRequest request, int brokerId, CancellationToken cancellationToken)
    {
        var described = await request.Cluster.DescribeClusterAsync(cancellationToken);
        if (!described.TryGet(out var cluster, out var error))
        {
            return (null, KafkaErrors.ToGateway(error));
        }

        return cluster.Brokers.FirstOrDefault(b => b.Id == brokerId) is { } broker
            ? (broker, default)
            : (null, new GatewayError(404, 404, $"Broker {brokerId} cannot be found in cluster {request.ClusterId}."));
    }
}
