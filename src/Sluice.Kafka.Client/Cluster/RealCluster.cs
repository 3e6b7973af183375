using Sluice.Kafka.Brokers;
using Sluice.Kafka.Client.Clients;
using Sluice.Kafka.Client.Wire;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Cluster;

/// <summary>The port, on a real cluster, as one caller. One part for each of the port's interfaces.</summary>
/// <remarks>This is the room's edge: failures become values here.</remarks>
internal sealed partial class RealCluster(IClientLease lease, KafkaClusterConnection connection) : ICluster
{
    public Task<KafkaResult<ClusterDescription>> DescribeClusterAsync(CancellationToken cancellationToken) =>
        RunAsync(
            async (clients, ct) =>
            {
                var metadata = await clients.Wire.MetadataAsync([], false, ct);
                if (metadata.ClusterId is null)
                {
                    return new KafkaError(KafkaErrorCode.LocalNoClusterId, "Kafka protocol version not supported.: the brokers do not tell a cluster id.");
                }

                connection.Learn(metadata.ClusterId);
                var brokers = metadata.Brokers.OrderBy(b => b.Id).Select(b => new Broker(b.Id, b.Host, b.Port, b.Rack)).ToArray();
                return new KafkaResult<ClusterDescription>(
                    new ClusterDescription(metadata.ClusterId, metadata.ControllerId < 0 ? null : metadata.ControllerId, brokers));
            },
            null,
            cancellationToken);

    /// <summary>Runs one call with this caller's clients, for as long as the cluster answers.</summary>
    /// <param name="call">What to do.</param>
    /// <param name="subject">What it is about, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<KafkaResult<T>> RunAsync<T>(
        Func<PrincipalClients, CancellationToken, Task<KafkaResult<T>>> call, string? subject, CancellationToken cancellationToken)
    {
        var error = lease.Take(out var held);
        if (error.Code != KafkaErrorCode.None)
        {
            return error;
        }

        using (held)
        {
            var clients = held.Clients;
            try
            {
                return await clients.Reach.WatchAsync(ct => call(clients, ct), cancellationToken);
            }
            catch (KafkaFailure e)
            {
                return e.Error;
            }
            catch (Ck.KafkaException e)
            {
                return KafkaErrorTexts.Of(e.Error, subject);
            }
        }
    }
}
