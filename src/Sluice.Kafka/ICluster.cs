using Sluice.Kafka.Acls;
using Sluice.Kafka.Brokers;
using Sluice.Kafka.Configs;
using Sluice.Kafka.Groups;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka;

/// <summary>
/// The port: what a Kafka cluster can do for this gateway, in Kafka's words. Two adapters implement it, one contract suite tests both.
/// </summary>
/// <remarks>
/// Failures that Kafka or the network give are <see cref="KafkaError"/> values. Exceptions mean a bug or cancellation.
/// Every call is safe from any thread.
/// </remarks>
public interface ICluster : ITopics, IPartitions, IConfigs, IRecords, IGroups, IAcls
{
    /// <summary>DescribeCluster: id, controller and brokers.</summary>
    Task<KafkaResult<ClusterDescription>> DescribeClusterAsync(CancellationToken cancellationToken);
}
