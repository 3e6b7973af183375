using System.Globalization;

using Sluice.Kafka.Acls;
using Sluice.Kafka.Brokers;
using Sluice.Kafka.Configs;
using Sluice.Kafka.Embedded.Acls;
using Sluice.Kafka.Embedded.Configs;
using Sluice.Kafka.Embedded.Groups;
using Sluice.Kafka.Embedded.Log;
using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Embedded.Topics;
using Sluice.Kafka.Groups;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Embedded;

/// <summary>The port, handed out: each call goes to the part that answers it.</summary>
internal sealed class EmbeddedView(
    Writer writer, ReaderPool readers, EmbeddedClusterOptions options, string kafkaId, TimeProvider time) : ICluster
{
    private readonly RecordProducer _producer = new(writer, time);
    private readonly RecordReader _reader = new(writer, readers);
    private readonly TopicAdministration _topics = new(writer, options, time);
    private readonly ConfigReader _configReader = new(writer, options);
    private readonly ConfigWriter _configWriter = new(writer, options);
    private readonly GroupAdministration _groups = new(writer, options, time);
    private readonly AclAdministration _acls = new(writer);

    private readonly ClusterDescription _description =
        new(kafkaId, options.BrokerId, [new Broker(options.BrokerId, options.Host, options.Port, Rack: null)]);

    public static string BrokerName(EmbeddedClusterOptions options) => options.BrokerId.ToString(CultureInfo.InvariantCulture);

    public Task<KafkaResult<ClusterDescription>> DescribeClusterAsync(CancellationToken cancellationToken) => Answer(_description);

    public Task<KafkaResult<IReadOnlyList<TopicDescription>>> ListTopicsAsync(
        bool includeAuthorizedOperations, CancellationToken cancellationToken) => Answer(_topics.List(includeAuthorizedOperations));

    public Task<KafkaResult<TopicDescription>> DescribeTopicAsync(
        string topic, bool includeAuthorizedOperations, CancellationToken cancellationToken) =>
        Task.FromResult(_topics.Describe(topic, includeAuthorizedOperations));

    public async Task<KafkaResult<CreatedTopic>> CreateTopicAsync(NewTopic topic, CancellationToken cancellationToken)
    {
        var created = await _topics.CreateAsync(topic, cancellationToken);
        return created.TryGet(out var made, out var error) ? made with { Configs = _configReader.OfNewTopic(topic.Configs ?? []) } : error;
    }

    public Task<KafkaResult<Done>> DeleteTopicAsync(string topic, CancellationToken cancellationToken) =>
        _topics.DeleteAsync(topic, cancellationToken);

    public Task<KafkaResult<Done>> CreatePartitionsAsync(
        string topic, int totalCount, bool validateOnly, CancellationToken cancellationToken) =>
        _topics.CreatePartitionsAsync(topic, totalCount, validateOnly, cancellationToken);

    public async Task<IReadOnlyList<KafkaResult<long>>> ListOffsetsAsync(
        IReadOnlyList<OffsetQuery> queries, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var results = new KafkaResult<long>[queries.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = await _reader.FindOffsetAsync(queries[i], cancellationToken);
        }

        return results;
    }

    /// <summary>One broker: nothing ever moves.</summary>
    public Task<KafkaResult<IReadOnlyList<PartitionReassignment>>> ListReassignmentsAsync(
        IReadOnlyList<TopicPartition>? partitions, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<PartitionReassignment>>([]);

    public Task<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>> DescribeConfigsAsync(
        IReadOnlyList<ConfigResource> resources, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KafkaResult<IReadOnlyList<ConfigEntry>>>>([.. resources.Select(_configReader.Describe)]);

    public async Task<IReadOnlyList<KafkaResult<Done>>> AlterConfigsAsync(
        IReadOnlyList<ConfigAlteration> alterations, bool validateOnly, CancellationToken cancellationToken) =>
        await Task.WhenAll(alterations.Select(alteration => _configWriter.AlterAsync(alteration, validateOnly, cancellationToken)));

    public ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record) => _producer.ProduceAsync(record);

    public Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken) =>
        _reader.ReadAsync(partition, offset, maxRecords, maxBytes, cancellationToken);

    public Task<KafkaResult<IReadOnlyList<GroupListing>>> ListGroupsAsync(
        IReadOnlyList<GroupType> types, CancellationToken cancellationToken) => Answer(_groups.List(types));

    public Task<IReadOnlyList<KafkaResult<GroupDescription>>> DescribeGroupsAsync(
        IReadOnlyList<string> groups, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KafkaResult<GroupDescription>>>([.. groups.Select(_groups.Describe)]);

    public Task<KafkaResult<IReadOnlyList<CommittedOffset>>> ListGroupOffsetsAsync(string group, CancellationToken cancellationToken) =>
        Answer(_groups.Offsets(group));

    public Task<KafkaResult<Done>> CommitGroupOffsetsAsync(
        string group, IReadOnlyList<CommittedOffset> offsets, CancellationToken cancellationToken) =>
        _groups.CommitAsync(group, offsets, cancellationToken);

    public Task<KafkaResult<Done>> DeleteGroupAsync(string group, CancellationToken cancellationToken) =>
        _groups.DeleteAsync(group, cancellationToken);

    public Task<KafkaResult<ShareGroupDescription>> DescribeShareGroupAsync(string group, CancellationToken cancellationToken) =>
        Task.FromResult<KafkaResult<ShareGroupDescription>>(GroupAdministration.NotFound(group));

    public Task<KafkaResult<StreamsGroupDescription>> DescribeStreamsGroupAsync(string group, CancellationToken cancellationToken) =>
        Task.FromResult<KafkaResult<StreamsGroupDescription>>(GroupAdministration.NotFound(group));

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DescribeAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(_acls.Describe(filter));

    public Task<IReadOnlyList<KafkaResult<Done>>> CreateAclsAsync(
        IReadOnlyList<AclBinding> bindings, CancellationToken cancellationToken) => _acls.CreateAsync(bindings, cancellationToken);

    public Task<KafkaResult<IReadOnlyList<AclBinding>>> DeleteAclsAsync(AclFilter filter, CancellationToken cancellationToken) =>
        _acls.DeleteAsync(filter, cancellationToken);

    private static Task<KafkaResult<T>> Answer<T>(T value) => Task.FromResult<KafkaResult<T>>(new(value));
}
