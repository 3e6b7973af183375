using Sluice.Kafka.Configs;

namespace Sluice.Kafka.Tests.Contract;

public abstract class ConfigsContract(ContractCluster cluster) : ClusterContract(cluster)
{
    [Fact]
    public async Task A_topic_has_every_config_with_its_default_and_synonyms()
    {
        var topic = await CreateTopicAsync(1, ("max.message.bytes", "1234"));
        var configs = await DescribeAsync(ConfigResource.Topic(topic));
        Assert.Equal(configs.Select(config => config.Name).Order(StringComparer.Ordinal), configs.Select(config => config.Name));

        var own = configs.Single(config => config.Name == "max.message.bytes");
        Assert.Equal(("1234", ConfigSource.DynamicTopicConfig, false), (own.Value, own.Source, own.IsDefault));
        Assert.Equal(new ConfigSynonym("max.message.bytes", "1234", ConfigSource.DynamicTopicConfig), own.Synonyms[0]);
        Assert.Equal(new ConfigSynonym("message.max.bytes", "1048588", ConfigSource.DefaultConfig), own.Synonyms[^1]);

        var policy = configs.Single(config => config.Name == "cleanup.policy");
        Assert.Equal(("delete", ConfigSource.DefaultConfig, true), (policy.Value, policy.Source, policy.IsDefault));
        Assert.Equal([new ConfigSynonym("log.cleanup.policy", "delete", ConfigSource.DefaultConfig)], policy.Synonyms);
        Assert.Equal("604800000", configs.Single(config => config.Name == "retention.ms").Value);
    }

    [Fact]
    public async Task Changes_to_a_topic_are_set_deleted_and_only_checked()
    {
        var topic = await CreateTopicAsync();
        Assert.True((await AlterAsync(topic, false, new ConfigChange("retention.ms", ConfigChangeKind.Set, "5000"))).IsSuccess);
        await EventuallyAsync(async () => await ValueAsync(topic, "retention.ms") == "5000");
        Assert.True((await AlterAsync(topic, true, new ConfigChange("retention.ms", ConfigChangeKind.Set, "6000"))).IsSuccess);
        Assert.Equal("5000", await ValueAsync(topic, "retention.ms"));
        Assert.True((await AlterAsync(topic, false, new ConfigChange("retention.ms", ConfigChangeKind.Delete, null))).IsSuccess);
        await EventuallyAsync(async () => await ValueAsync(topic, "retention.ms") == "604800000");
    }

    [Fact]
    public async Task Changes_to_one_topic_happen_together_or_not_at_all()
    {
        var topic = await CreateTopicAsync();
        AssertError(KafkaErrorCode.InvalidConfig, await AlterAsync(
            topic, false,
            new ConfigChange("retention.ms", ConfigChangeKind.Set, "5000"), new ConfigChange("segment.ms", ConfigChangeKind.Set, "soon")));
        Assert.Equal("604800000", await ValueAsync(topic, "retention.ms"));
    }

    [Fact]
    public async Task What_cannot_be_altered_says_so()
    {
        var topic = await CreateTopicAsync();
        AssertError(KafkaErrorCode.InvalidConfig, await AlterAsync(topic, false, new ConfigChange("no.such", ConfigChangeKind.Set, "1")));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await AlterAsync(NewName(), false, new ConfigChange("retention.ms", ConfigChangeKind.Set, "1")));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, (await Cluster.DescribeConfigsAsync([ConfigResource.Topic(NewName())], Cancelled))[0]);
    }

    [Fact]
    public async Task A_broker_has_its_configs_and_the_cluster_only_what_was_set()
    {
        var broker = (await Cluster.DescribeClusterAsync(Cancelled)).Value.Brokers[0].Id;
        var configs = await DescribeAsync(ConfigResource.Broker(broker));
        Assert.True(configs.Count > 300, $"{configs.Count}");
        Assert.True(configs.Single(config => config.Name == "node.id").IsReadOnly);
        Assert.All(configs.Where(config => config.IsSensitive), config => Assert.Null(config.Value));

        var change = new ConfigAlteration(ConfigResource.ClusterDefault, [new("log.cleaner.threads", ConfigChangeKind.Set, "2")]);
        Assert.True((await Cluster.AlterConfigsAsync([change], false, Cancelled))[0].IsSuccess);
        await EventuallyAsync(async () => (await DescribeAsync(ConfigResource.ClusterDefault)).Any(config =>
            config is { Name: "log.cleaner.threads", Value: "2", Source: ConfigSource.DynamicDefaultBrokerConfig }));
        var undo = new ConfigAlteration(ConfigResource.ClusterDefault, [new("log.cleaner.threads", ConfigChangeKind.Delete, null)]);
        Assert.True((await Cluster.AlterConfigsAsync([undo], false, Cancelled))[0].IsSuccess);
        await EventuallyAsync(async () => (await DescribeAsync(ConfigResource.ClusterDefault)).All(config => config.Name != "log.cleaner.threads"));
    }

    private async Task<IReadOnlyList<ConfigEntry>> DescribeAsync(ConfigResource resource) =>
        (await Cluster.DescribeConfigsAsync([resource], Cancelled))[0].Value;

    private async Task<string?> ValueAsync(string topic, string name) =>
        (await DescribeAsync(ConfigResource.Topic(topic))).Single(config => config.Name == name).Value;

    private async Task<KafkaResult<Done>> AlterAsync(string topic, bool validateOnly, params ConfigChange[] changes) =>
        (await Cluster.AlterConfigsAsync([new(ConfigResource.Topic(topic), changes)], validateOnly, Cancelled))[0];
}
