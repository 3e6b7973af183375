using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Tests.Contract;

public abstract class TopicsContract(ContractCluster cluster) : ClusterContract(cluster)
{
    [Fact]
    public async Task A_created_topic_is_described_and_listed()
    {
        var name = NewName();
        var created = await Cluster.CreateTopicAsync(new NewTopic(name, 3, 1), Cancelled);

        Assert.True(created.TryGet(out var topic, out var error), error.ToString());
        Assert.True(topic.PartitionCount is null or 3);
        await EventuallyAsync(async () => (await Cluster.DescribeTopicAsync(name, false, Cancelled)).IsSuccess);

        var described = (await Cluster.DescribeTopicAsync(name, false, Cancelled)).Value;
        Assert.Equal(name, described.Name);
        Assert.False(described.IsInternal);
        Assert.Equal([0, 1, 2], described.Partitions.Select(partition => partition.Id));
        Assert.All(described.Partitions, partition =>
        {
            Assert.Equal(partition.Leader, Assert.Single(partition.Replicas));
            Assert.Equal(partition.Replicas, partition.InSyncReplicas);
        });
        Assert.Null(described.AuthorizedOperations);
        Assert.Contains((await Cluster.ListTopicsAsync(false, Cancelled)).Value, listed => listed.Name == name && listed.Partitions.Count == 3);
    }

    [Fact]
    public async Task Topics_are_listed_by_name()
    {
        await CreateTopicAsync();
        await CreateTopicAsync();
        var names = (await Cluster.ListTopicsAsync(false, Cancelled)).Value.Select(topic => topic.Name).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task Authorized_operations_are_given_when_asked_for()
    {
        var name = await CreateTopicAsync();
        var operations = (await Cluster.DescribeTopicAsync(name, true, Cancelled)).Value.AuthorizedOperations;
        Assert.NotNull(operations);
        Assert.Equal(8, operations.Distinct().Count());
        Assert.Contains(Acls.AclOperation.AlterConfigs, operations);
        Assert.DoesNotContain(Acls.AclOperation.All, operations);
    }

    [Fact]
    public async Task An_unknown_topic_is_an_unknown_topic_to_every_call()
    {
        var name = NewName();
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.DescribeTopicAsync(name, false, Cancelled));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.DeleteTopicAsync(name, Cancelled));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.CreatePartitionsAsync(name, 4, false, Cancelled));
    }

    [Fact]
    public async Task Creating_a_topic_twice_says_that_it_exists()
    {
        var name = await CreateTopicAsync();
        var again = await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1), Cancelled);
        Assert.Equal(new KafkaError(KafkaErrorCode.TopicAlreadyExists, $"Topic '{name}' already exists."), again.Error);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("slash/slash")]
    public async Task A_name_that_breaks_the_naming_rule_is_refused(string name) =>
        AssertError(KafkaErrorCode.InvalidTopic, await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1), Cancelled));

    [Fact]
    public async Task A_name_may_have_249_characters_and_no_more()
    {
        var name = NewName().PadRight(249, 'x');
        Assert.True((await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1), Cancelled)).IsSuccess);
        AssertError(KafkaErrorCode.InvalidTopic, await Cluster.CreateTopicAsync(new NewTopic(name + "x", 1, 1), Cancelled));
    }

    [Fact]
    public async Task Names_that_differ_only_in_dot_and_underscore_collide()
    {
        var name = NewName("a.b");
        Assert.True((await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1), Cancelled)).IsSuccess);
        AssertError(KafkaErrorCode.InvalidTopic, await Cluster.CreateTopicAsync(new NewTopic(name.Replace('.', '_'), 1, 1), Cancelled));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public async Task A_partition_count_below_one_is_refused(int count) =>
        AssertError(KafkaErrorCode.InvalidPartitions, await Cluster.CreateTopicAsync(new NewTopic(NewName(), count, 1), Cancelled));

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public async Task A_replication_factor_that_cannot_be_had_is_refused(short factor) =>
        AssertError(KafkaErrorCode.InvalidReplicationFactor, await Cluster.CreateTopicAsync(new NewTopic(NewName(), 1, factor), Cancelled));

    [Fact]
    public async Task Validate_only_makes_nothing_and_says_what_is_wrong()
    {
        var name = NewName();
        Assert.True((await Cluster.CreateTopicAsync(new NewTopic(name, 2, 1, ValidateOnly: true), Cancelled)).IsSuccess);
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.DescribeTopicAsync(name, false, Cancelled));
        AssertError(
            KafkaErrorCode.InvalidReplicationFactor,
            await Cluster.CreateTopicAsync(new NewTopic(name, 2, 99, ValidateOnly: true), Cancelled));
    }

    [Theory]
    [InlineData("retention.ms", "soon")]
    [InlineData("retention.ms", "-2")]
    [InlineData("cleanup.policy", "shred")]
    [InlineData("compression.type", "rar")]
    [InlineData("min.cleanable.dirty.ratio", "1.5")]
    [InlineData("preallocate", "maybe")]
    [InlineData("no.such.config", "1")]
    [InlineData("retention.ms", null)]
    public async Task A_config_that_makes_no_sense_is_refused(string config, string? value)
    {
        var name = NewName();
        var created = await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1, [KeyValuePair.Create(config, value)]), Cancelled);
        AssertError(KafkaErrorCode.InvalidConfig, created);
        Assert.Contains(config, created.Error.Message);
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.DescribeTopicAsync(name, false, Cancelled));
    }

    [Fact]
    public async Task Replica_assignments_give_the_partitions()
    {
        var name = NewName();
        var broker = (await Cluster.DescribeClusterAsync(Cancelled)).Value.Brokers[0].Id;
        var assignments = new Dictionary<int, IReadOnlyList<int>> { [0] = [broker], [1] = [broker] };
        Assert.True((await Cluster.CreateTopicAsync(new NewTopic(name, ReplicaAssignments: assignments), Cancelled)).IsSuccess);
        await EventuallyAsync(async () =>
            (await Cluster.DescribeTopicAsync(name, false, Cancelled)).TryGet(out var topic, out _) && topic.Partitions.Count == 2);
    }

    [Fact]
    public async Task Replica_assignments_to_an_unknown_broker_are_refused() =>
        AssertError(
            KafkaErrorCode.InvalidReplicaAssignment,
            await Cluster.CreateTopicAsync(
                new NewTopic(NewName(), ReplicaAssignments: new Dictionary<int, IReadOnlyList<int>> { [0] = [4711] }), Cancelled));

    [Fact]
    public async Task A_deleted_topic_is_gone_and_its_name_free()
    {
        var name = await CreateTopicAsync();
        Assert.True((await ProduceAsync(name, "k", "v")).IsSuccess);
        Assert.True((await Cluster.DeleteTopicAsync(name, Cancelled)).IsSuccess);
        await EventuallyAsync(async () =>
            (await Cluster.DescribeTopicAsync(name, false, Cancelled)).Error.Code == KafkaErrorCode.UnknownTopicOrPartition);
        await EventuallyAsync(async () => (await Cluster.CreateTopicAsync(new NewTopic(name, 1, 1), Cancelled)).IsSuccess);
        await EventuallyAsync(async () => (await Cluster.DescribeTopicAsync(name, false, Cancelled)).IsSuccess);
        Assert.Empty(await ReadAllAsync(name));
    }

    [Fact]
    public async Task Partitions_can_be_added_and_only_added()
    {
        var name = await CreateTopicAsync(2);
        Assert.True((await Cluster.CreatePartitionsAsync(name, 5, validateOnly: true, Cancelled)).IsSuccess);
        Assert.Equal(2, (await Cluster.DescribeTopicAsync(name, false, Cancelled)).Value.Partitions.Count);

        Assert.True((await Cluster.CreatePartitionsAsync(name, 5, validateOnly: false, Cancelled)).IsSuccess);
        await EventuallyAsync(async () => (await Cluster.DescribeTopicAsync(name, false, Cancelled)).Value.Partitions.Count == 5);

        AssertError(KafkaErrorCode.InvalidPartitions, await Cluster.CreatePartitionsAsync(name, 5, validateOnly: false, Cancelled));
        AssertError(KafkaErrorCode.InvalidPartitions, await Cluster.CreatePartitionsAsync(name, 1, validateOnly: false, Cancelled));
    }

    [Fact]
    public async Task The_cluster_describes_itself()
    {
        var described = (await Cluster.DescribeClusterAsync(Cancelled)).Value;
        Assert.Equal(22, described.ClusterId.Length);
        Assert.NotNull(described.ControllerId);
        Assert.Contains(described.Brokers, broker => broker.Id == described.ControllerId && broker.Host is not null && broker.Port is not null);
    }

    [Fact]
    public async Task Nothing_is_being_reassigned()
    {
        var name = await CreateTopicAsync();
        Assert.Empty((await Cluster.ListReassignmentsAsync(null, Cancelled)).Value);
        Assert.Empty((await Cluster.ListReassignmentsAsync([new(name, 0)], Cancelled)).Value);
    }
}
