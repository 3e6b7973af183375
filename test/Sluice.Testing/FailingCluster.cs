using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Brokers;
using Sluice.Kafka.Configs;
using Sluice.Kafka.Groups;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Testing;

/// <summary>A cluster that answers everything with one error; it may have one streams group, which no client library here can join on a real one.</summary>
public class FailingCluster(string clusterId) : IClusterConnection, ICluster
{
    public KafkaError Error { get; set; }

    public StreamsGroupDescription? StreamsGroup { get; set; }

    public string? ClusterId => clusterId;

    public IAclFeed? Acls => null;

    public ICluster For(ClusterCaller caller) => this;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    public Task<KafkaResult<ClusterDescription>> DescribeClusterAsync(CancellationToken cancellationToken) => One<ClusterDescription>();

    public Task<KafkaResult<IReadOnlyList<TopicDescription>>> ListTopicsAsync(bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        One<IReadOnlyList<TopicDescription>>();

    public Task<KafkaResult<TopicDescription>> DescribeTopicAsync(string topic, bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        One<TopicDescription>();

    public Task<KafkaResult<CreatedTopic>> CreateTopicAsync(NewTopic topic, CancellationToken cancellationToken) => One<CreatedTopic>();

    public Task<KafkaResult<Done>> DeleteTopicAsync(string topic, CancellationToken cancellationToken) => One<Done>();

    public Task<KafkaResult<Done>> CreatePartitionsAsync(string topic, int totalCount, bool validateOnly, CancellationToken cancellationToken) => One<Done>();

    public Task<IReadOnlyList<KafkaResult<long>>> ListOffsetsAsync(
        IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken) => Each<long>(queries.Count);

    public Task<KafkaResult<IReadOnlyList<PartitionReassignment>>> ListReassignmentsAsync(
        IReadOnlyList<TopicPartition>? partitions, CancellationToken cancellationToken) => One<IReadOnlyList<PartitionReassignment>>();

    public Task<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>> DescribeConfigsAsync(
        IReadOnlyList<ConfigResource> resources, CancellationToken cancellationToken) => Each<IReadOnlyList<ConfigEntry>>(resources.Count);

    public Task<IReadOnlyList<KafkaResult<Done>>> AlterConfigsAsync(
        IReadOnlyList<ConfigAlteration> alterations, bool validateOnly, CancellationToken cancellationToken) => Each<Done>(alterations.Count);

    public virtual ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record) => new(DeliveryReport.Failed(Error));

    public Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken) => One<IReadOnlyList<StoredRecord>>();

    public Task<KafkaResult<IReadOnlyList<GroupListing>>> ListGroupsAsync(IReadOnlyList<GroupType> types, CancellationToken cancellationToken) =>
        StreamsGroup is { } group && types.Contains(GroupType.Streams)
            ? Task.FromResult(new KafkaResult<IReadOnlyList<GroupListing>>([new GroupListing(group.GroupId, false, GroupType.Streams, group.State)]))
            : One<IReadOnlyList<GroupListing>>();

    public Task<IReadOnlyList<KafkaResult<GroupDescription>>> DescribeGroupsAsync(IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
        Each<GroupDescription>(groups.Count);

    public Task<KafkaResult<IReadOnlyList<CommittedOffset>>> ListGroupOffsetsAsync(string group, CancellationToken cancellationToken) =>
        One<IReadOnlyList<CommittedOffset>>();

    public Task<KafkaResult<Done>> CommitGroupOffsetsAsync(
        string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken) => One<Done>();

    public Task<KafkaResult<Done>> DeleteGroupAsync(string group, CancellationToken cancellationToken) => One<Done>();

    public Task<KafkaResult<ShareGroupDescription>> DescribeShareGroupAsync(string group, CancellationToken cancellationToken) =>
        One<ShareGroupDescription>();

    public Task<KafkaResult<StreamsGroupDescription>> DescribeStreamsGroupAsync(string group, CancellationToken cancellationToken) =>
        StreamsGroup is { } known && known.GroupId == group ? Task.FromResult(new KafkaResult<StreamsGroupDescription>(known)) : One<StreamsGroupDescription>();

    public virtual Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        One<IReadOnlyList<AclBinding>>();

    public Task<IReadOnlyList<KafkaResult<Done>>> CreateAclsAsync(IReadOnlyList<AclBinding> bindings, CancellationToken cancellationToken) =>
        Each<Done>(bindings.Count);

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        One<IReadOnlyList<AclBinding>>();

    private Task<KafkaResult<T>> One<T>() => Task.FromResult(new KafkaResult<T>(Error));

    private Task<IReadOnlyList<KafkaResult<T>>> Each<T>(int count) =>
        Task.FromResult<IReadOnlyList<KafkaResult<T>>>([.. Enumerable.Repeat(new KafkaResult<T>(Error), count)]);
}
