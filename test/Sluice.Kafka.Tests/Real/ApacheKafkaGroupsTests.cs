using Sluice.Kafka.Configs;
using Sluice.Kafka.Groups;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Tests.Real;

/// <summary>What librdkafka lacks or shortens, against the broker.</summary>
public sealed class ApacheKafkaGroupsTests(ApacheKafkaCluster cluster) : IOnApacheKafka
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ICluster Cluster => cluster.Cluster;

    [Fact]
    public async Task Offsets_can_be_committed_listed_and_deleted_and_the_group_with_them()
    {
        var name = $"g-{Guid.NewGuid():N}";
        Assert.True((await Cluster.CreateTopicAsync(new NewTopic(name, 2, 1), Cancelled)).IsSuccess);
        CommittedOffset[] offsets = [new(new(name, 0), 5), new(new(name, 1), 7)];
        var committed = await Cluster.CommitGroupOffsetsAsync(name, offsets, Cancelled);
        Assert.True(committed.IsSuccess, committed.Error.ToString());
        Assert.Equal(offsets.Select(o => (o.Partition, o.Offset)), (await Cluster.ListGroupOffsetsAsync(name, Cancelled)).Value.Select(o => (o.Partition, o.Offset)));

        var listed = (await Cluster.ListGroupsAsync([GroupType.Classic, GroupType.Consumer], Cancelled)).Value.Single(g => g.GroupId == name);
        Assert.Equal((true, GroupType.Classic, GroupState.Empty), (listed.IsSimple, listed.Type, listed.State));
        var described = (await Cluster.DescribeGroupsAsync([name, name + "-not"], Cancelled)).ToArray();
        Assert.Equal((name, GroupState.Empty, true), (described[0].Value.GroupId, described[0].Value.State, described[0].Value.IsSimple));
        Assert.Equal(KafkaErrorCode.GroupIdNotFound, described[1].Error.Code);

        Assert.True((await Cluster.DeleteGroupAsync(name, Cancelled)).IsSuccess);
        Assert.Empty((await Cluster.ListGroupOffsetsAsync(name, Cancelled)).Value);
        Assert.Equal(KafkaErrorCode.GroupIdNotFound, (await Cluster.DeleteGroupAsync(name, Cancelled)).Error.Code);
    }

    [Fact]
    public async Task The_cluster_wide_defaults_hold_what_was_set_dynamically()
    {
        var set = new ConfigAlteration(ConfigResource.ClusterDefault, [new("log.cleaner.threads", ConfigChangeKind.Set, "1")]);
        var unset = new ConfigAlteration(ConfigResource.ClusterDefault, [new("log.cleaner.threads", ConfigChangeKind.Delete, null)]);
        Assert.True((await Cluster.AlterConfigsAsync([set], validateOnly: false, Cancelled))[0].IsSuccess);
        await EventuallyAsync(async () => (await Cluster.DescribeConfigsAsync([ConfigResource.ClusterDefault], Cancelled))[0].Value
            .Any(e => e is { Name: "log.cleaner.threads", Value: "1", Source: ConfigSource.DynamicDefaultBrokerConfig }));
        Assert.True((await Cluster.AlterConfigsAsync([unset], validateOnly: false, Cancelled))[0].IsSuccess);
        await EventuallyAsync(async () => (await Cluster.DescribeConfigsAsync([ConfigResource.ClusterDefault], Cancelled))[0].Value
            .All(e => e.Name != "log.cleaner.threads"));
        var broker = (await Cluster.DescribeConfigsAsync([ConfigResource.Broker(1)], Cancelled))[0];
        Assert.Contains(broker.Value, e => e is { Name: "node.id", Value: "1", Source: ConfigSource.StaticBrokerConfig });
    }

    [Fact]
    public async Task A_new_topic_tells_its_effective_configs()
    {
        var made = (await Cluster.CreateTopicAsync(
            new NewTopic($"c-{Guid.NewGuid():N}", 3, Configs: [new("retention.ms", "1000")], ValidateOnly: true), Cancelled)).Value;
        Assert.Equal((3, 1), (made.PartitionCount, made.ReplicationFactor));
        Assert.Contains(made.Configs!, e => e is { Name: "retention.ms", Value: "1000", Source: ConfigSource.DynamicTopicConfig });
        Assert.Contains(made.Configs!, e => e is { Name: "cleanup.policy", Source: ConfigSource.DefaultConfig });
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        while (!await holds())
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
