using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Brokers;
using Sluice.Kafka.Configs;
using Sluice.Kafka.Groups;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Tests.Contract;

/// <summary>A cluster with one group of each kind, each with a member, and one partition on its way: what the embedded cluster cannot have.</summary>
internal sealed class PopulatedCluster(IClusterConnection connection) : IClusterConnection, ICluster
{
    public const string ConsumerGroup = "consumers";
    public const string ShareGroup = "sharers";
    public const string StreamsGroup = "streamers";
    public const string Member = "member-1";

    private readonly ICluster _inner = connection.For(new ClusterCaller("User:contract"));
    private TopicPartition _read;
    private TopicPartition _moving;

    public string? ClusterId => connection.ClusterId;

    /// <param name="read">Topic whose partition 0 all groups read.</param>
    /// <param name="moving">Topic whose partition 0 moves.</param>
    public void Populate(string read, string moving) => (_read, _moving) = (new TopicPartition(read, 0), new TopicPartition(moving, 0));

    public IAclFeed? Acls => connection.Acls;

    public ICluster For(ClusterCaller caller) => this;

    public ValueTask DisposeAsync() => default; // the gateway owns what it opened

    public Task<KafkaResult<IReadOnlyList<GroupListing>>> ListGroupsAsync(IReadOnlyList<GroupType> types, CancellationToken cancellationToken) =>
        Some<IReadOnlyList<GroupListing>>(
        [
            .. new GroupListing[]
            {
                new(ConsumerGroup, false, GroupType.Consumer, GroupState.Stable), new(ShareGroup, false, GroupType.Share, GroupState.Stable),
                new(StreamsGroup, false, GroupType.Streams, GroupState.Reconciling),
            }.Where(group => types.Contains(group.Type)),
        ]);

    public async Task<IReadOnlyList<KafkaResult<GroupDescription>>> DescribeGroupsAsync(IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
    [
        .. await Task.WhenAll(groups.Select(async group => group == ConsumerGroup
            ? new KafkaResult<GroupDescription>(new GroupDescription(
                group, false, "uniform", GroupState.Stable, GroupType.Consumer, 1, [new GroupMember(Member, null, "client", "/127.0.0.1", [_read], true)]))
            : (await _inner.DescribeGroupsAsync([group], cancellationToken))[0])),
    ];

    public Task<KafkaResult<IReadOnlyList<CommittedOffset>>> ListGroupOffsetsAsync(string group, CancellationToken cancellationToken) =>
        group == ConsumerGroup ? Some<IReadOnlyList<CommittedOffset>>([new CommittedOffset(_read, 0)]) : _inner.ListGroupOffsetsAsync(group, cancellationToken);

    public Task<KafkaResult<ShareGroupDescription>> DescribeShareGroupAsync(string group, CancellationToken cancellationToken) => group == ShareGroup
        ? Some(new ShareGroupDescription(group, GroupState.Stable, 1, 3, 3, "simple", [new GroupMember(Member, null, "client", "/127.0.0.1", [_read])]))
        : _inner.DescribeShareGroupAsync(group, cancellationToken);

    public Task<KafkaResult<StreamsGroupDescription>> DescribeStreamsGroupAsync(string group, CancellationToken cancellationToken)
    {
        var tasks = new StreamsAssignment([new StreamsTasks("0", [0])], [new StreamsTasks("0", [1])], []);
        return group == StreamsGroup
            ? Some(new StreamsGroupDescription(
                group, GroupState.Reconciling, 1, 3, 1, 3, [new StreamsSubtopology("0", [_read.Topic])],
                [new StreamsMember(Member, null, "client", "/127.0.0.1", "process", 3, 1, false, tasks, tasks)]))
            : _inner.DescribeStreamsGroupAsync(group, cancellationToken);
    }

    public Task<KafkaResult<IReadOnlyList<PartitionReassignment>>> ListReassignmentsAsync(
        IReadOnlyList<TopicPartition>? partitions, CancellationToken cancellationToken) =>
        Some<IReadOnlyList<PartitionReassignment>>(partitions?.Contains(_moving) is false ? [] : [new PartitionReassignment(_moving, [2, 1], [2], [1])]);

    public Task<KafkaResult<ClusterDescription>> DescribeClusterAsync(CancellationToken cancellationToken) => _inner.DescribeClusterAsync(cancellationToken);

    public Task<KafkaResult<IReadOnlyList<TopicDescription>>> ListTopicsAsync(bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        _inner.ListTopicsAsync(includeAuthorizedOperations, cancellationToken);

    public Task<KafkaResult<TopicDescription>> DescribeTopicAsync(string topic, bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        _inner.DescribeTopicAsync(topic, includeAuthorizedOperations, cancellationToken);

    public Task<KafkaResult<CreatedTopic>> CreateTopicAsync(NewTopic topic, CancellationToken cancellationToken) => _inner.CreateTopicAsync(topic, cancellationToken);

    public Task<KafkaResult<Done>> DeleteTopicAsync(string topic, CancellationToken cancellationToken) => _inner.DeleteTopicAsync(topic, cancellationToken);

    public Task<KafkaResult<Done>> CreatePartitionsAsync(string topic, int totalCount, bool validateOnly, CancellationToken cancellationToken) =>
        _inner.CreatePartitionsAsync(topic, totalCount, validateOnly, cancellationToken);

    public Task<IReadOnlyList<KafkaResult<long>>> ListOffsetsAsync(
        IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken) =>
        _inner.ListOffsetsAsync(queries, isolation, cancellationToken);

    public Task<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>> DescribeConfigsAsync(
        IReadOnlyList<ConfigResource> resources, CancellationToken cancellationToken) => _inner.DescribeConfigsAsync(resources, cancellationToken);

    public Task<IReadOnlyList<KafkaResult<Done>>> AlterConfigsAsync(
        IReadOnlyList<ConfigAlteration> alterations, bool validateOnly, CancellationToken cancellationToken) =>
        _inner.AlterConfigsAsync(alterations, validateOnly, cancellationToken);

    public ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record) => _inner.ProduceAsync(record);

    public Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken) =>
        _inner.ReadAsync(partition, offset, maxRecords, maxBytes, cancellationToken);

    public Task<KafkaResult<Done>> CommitGroupOffsetsAsync(string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken) =>
        _inner.CommitGroupOffsetsAsync(group, offsets, cancellationToken);

    public Task<KafkaResult<Done>> DeleteGroupAsync(string group, CancellationToken cancellationToken) => _inner.DeleteGroupAsync(group, cancellationToken);

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        _inner.DescribeAclsAsync(filter, cancellationToken);

    public Task<IReadOnlyList<KafkaResult<Done>>> CreateAclsAsync(IReadOnlyList<AclBinding> bindings, CancellationToken cancellationToken) =>
        _inner.CreateAclsAsync(bindings, cancellationToken);

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        _inner.DeleteAclsAsync(filter, cancellationToken);

    private static Task<KafkaResult<T>> Some<T>(T value) => Task.FromResult(new KafkaResult<T>(value));
}
