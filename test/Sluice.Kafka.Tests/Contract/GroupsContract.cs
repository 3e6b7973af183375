using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Tests.Contract;

public abstract class GroupsContract(ContractCluster cluster) : ClusterContract(cluster)
{
    [Fact]
    public async Task A_group_made_by_a_commit_is_listed_described_and_deleted()
    {
        var (topic, group) = (await CreateTopicAsync(2), NewName("g"));
        CommittedOffset[] offsets = [new(new(topic, 0), 5, "note"), new(new(topic, 1), 7)];
        Assert.True((await Cluster.CommitGroupOffsetsAsync(group, offsets, Cancelled)).IsSuccess);

        var listed = (await Cluster.ListGroupsAsync([GroupType.Classic, GroupType.Consumer], Cancelled)).Value.Single(g => g.GroupId == group);
        Assert.Equal(GroupState.Empty, listed.State);
        var described = (await Cluster.DescribeGroupsAsync([group], Cancelled))[0].Value;
        Assert.Equal((group, true, GroupState.Empty, 0), (described.GroupId, described.IsSimple, described.State, described.Members.Count));

        var stored = (await Cluster.ListGroupOffsetsAsync(group, Cancelled)).Value;
        Assert.Equal([(0, 5L), (1, 7L)], stored.Select(offset => (offset.Partition.Partition, offset.Offset)));
        Assert.Equal("note", stored[0].Metadata);

        Assert.True((await Cluster.DeleteGroupAsync(group, Cancelled)).IsSuccess);
        AssertError(KafkaErrorCode.GroupIdNotFound, (await Cluster.DescribeGroupsAsync([group], Cancelled))[0]);
    }

    [Fact]
    public async Task An_unknown_share_or_streams_group_is_not_found()
    {
        Assert.Equal(KafkaErrorCode.GroupIdNotFound, (await Cluster.DescribeShareGroupAsync("no-such", Cancelled)).Error.Code);
        Assert.Equal(KafkaErrorCode.GroupIdNotFound, (await Cluster.DescribeStreamsGroupAsync("no-such", Cancelled)).Error.Code);
    }

    [Fact]
    public async Task A_second_commit_replaces_only_the_offsets_that_it_names()
    {
        var (topic, group) = (await CreateTopicAsync(2), NewName("g"));
        Assert.True((await Cluster.CommitGroupOffsetsAsync(group, [new(new(topic, 0), 5), new(new(topic, 1), 7)], Cancelled)).IsSuccess);
        Assert.True((await Cluster.CommitGroupOffsetsAsync(group, [new(new(topic, 1), 2, "back")], Cancelled)).IsSuccess);

        var stored = (await Cluster.ListGroupOffsetsAsync(group, Cancelled)).Value;
        Assert.Equal([(0, 5L), (1, 2L)], stored.Select(offset => (offset.Partition.Partition, offset.Offset)));
        Assert.Equal("back", stored[1].Metadata);
        Assert.True((await Cluster.DeleteGroupAsync(group, Cancelled)).IsSuccess);
    }

    [Fact]
    public async Task An_unknown_group_is_not_found_and_has_no_offsets()
    {
        var group = NewName("g");
        AssertError(KafkaErrorCode.GroupIdNotFound, (await Cluster.DescribeGroupsAsync([group], Cancelled))[0]);
        AssertError(KafkaErrorCode.GroupIdNotFound, await Cluster.DeleteGroupAsync(group, Cancelled));
        Assert.Empty((await Cluster.ListGroupOffsetsAsync(group, Cancelled)).Value);
    }
}
