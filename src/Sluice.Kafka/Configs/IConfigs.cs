namespace Sluice.Kafka.Configs;

public interface IConfigs
{
    /// <summary>
    /// DescribeConfigs with synonyms: one result for each resource, in order; entries by name.
    /// For <see cref="ConfigResource.ClusterDefault"/> only what was set dynamically.
    /// </summary>
    Task<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>> DescribeConfigsAsync(
        IReadOnlyList<ConfigResource> resources, CancellationToken cancellationToken);

    /// <summary>IncrementalAlterConfigs: one result for each alteration, in order.</summary>
    Task<IReadOnlyList<KafkaResult<Done>>> AlterConfigsAsync(
        IReadOnlyList<ConfigAlteration> alterations, bool validateOnly, CancellationToken cancellationToken);
}
