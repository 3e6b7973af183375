using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Configs;

namespace Sluice.Access.Guard;

public sealed partial class GuardedCluster
{
    /// <summary>DescribeConfigs: DESCRIBE_CONFIGS on the topic, or on the cluster for brokers and their defaults.</summary>
    public Task<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>> DescribeConfigsAsync(
        IReadOnlyList<ConfigResource> resources, CancellationToken cancellationToken) => EachAsync(
            resources,
            resource => On(resource, AclOperation.DescribeConfigs),
            allowed => inner.DescribeConfigsAsync(allowed, cancellationToken));

    /// <summary>IncrementalAlterConfigs: ALTER_CONFIGS on the same.</summary>
    public Task<IReadOnlyList<KafkaResult<Done>>> AlterConfigsAsync(
        IReadOnlyList<ConfigAlteration> alterations, bool validateOnly, CancellationToken cancellationToken) => EachAsync(
            alterations,
            alteration => On(alteration.Resource, AclOperation.AlterConfigs),
            allowed => inner.AlterConfigsAsync(allowed, validateOnly, cancellationToken));

    private static AccessNeed On(ConfigResource resource, AclOperation operation) =>
        resource.Type == ConfigResourceType.Topic ? AccessNeed.Topic(operation, resource.Name) : AccessNeed.Cluster(operation);
}
