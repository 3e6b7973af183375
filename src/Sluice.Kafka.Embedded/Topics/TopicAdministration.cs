using Sluice.Kafka.Acls;
using Sluice.Kafka.Embedded.Configs;
using Sluice.Kafka.Embedded.Groups;
using Sluice.Kafka.Embedded.Log;
using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Embedded.Topics;

/// <summary>Topics and their partitions: <see cref="ITopics"/>.</summary>
internal sealed class TopicAdministration(Writer writer, EmbeddedClusterOptions options, TimeProvider time)
{
    // What AclEntry.supportedOperations gives for topics: this cluster refuses nobody.
    private static readonly IReadOnlyList<AclOperation> EveryOperation =
    [
        AclOperation.Read, AclOperation.Write, AclOperation.Create, AclOperation.Delete, AclOperation.Alter,
        AclOperation.Describe, AclOperation.DescribeConfigs, AclOperation.AlterConfigs,
    ];

    private readonly IReadOnlyList<int> _onlyBroker = [options.BrokerId];
    private readonly string _brokerId = options.BrokerId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public IReadOnlyList<TopicDescription> List(bool includeAuthorizedOperations) =>
        [.. writer.Current.Topics.Values.OrderBy(topic => topic.Name, StringComparer.Ordinal).Select(topic => Describe(topic, includeAuthorizedOperations))];

    public KafkaResult<TopicDescription> Describe(string name, bool includeAuthorizedOperations) =>
        writer.Current.Topics.TryGetValue(name, out var topic)
            ? Describe(topic, includeAuthorizedOperations)
            : TopicName.Check(name) ?? KafkaError.UnknownTopic;

    public Task<KafkaResult<CreatedTopic>> CreateAsync(NewTopic wanted, CancellationToken cancellationToken) =>
        writer.RunAsync(context => Create(context, wanted), wanted.ValidateOnly, cancellationToken);

    public Task<KafkaResult<Done>> DeleteAsync(string name, CancellationToken cancellationToken) =>
        writer.RunAsync(context => Delete(context, name), validateOnly: false, cancellationToken);

    public Task<KafkaResult<Done>> CreatePartitionsAsync(string name, int total, bool validateOnly, CancellationToken cancellationToken) =>
        writer.RunAsync(context => CreatePartitions(context, name, total), validateOnly, cancellationToken);

    private KafkaResult<CreatedTopic> Create(WriteContext context, NewTopic wanted)
    {
        var draft = context.Draft;
        if (TopicCreationRules.Check(wanted, draft, options) is { } problem)
        {
            return problem;
        }

        if (!TopicConfigRules.TryRead(wanted.Configs ?? [], out var configs, out var badConfig))
        {
            return badConfig;
        }

        var count = TopicCreationRules.PartitionCount(wanted, options);
        context.Db.Execute(
            "INSERT INTO topics (name, created_at) VALUES ($1, $2)", wanted.Name, time.GetUtcNow().ToUnixTimeMilliseconds());
        var id = context.Db.QueryLong("SELECT last_insert_rowid()")!.Value;
        foreach (var (name, value) in configs)
        {
            ConfigRows.Set(context, ConfigRows.Topic, wanted.Name, name, value);
        }

        var topic = new Topic(
            id, wanted.Name, PartitionRows.Add(context, id, wanted.Name, 0, count), configs,
            TopicSettings.From(configs, draft.BrokerConfigs, _brokerId), new KeylessSpreader());
        context.Draft = draft with { Topics = draft.Topics.Add(topic.Name, topic), PartitionCount = draft.PartitionCount + count };
        return new CreatedTopic(count, 1);
    }

    private KafkaResult<Done> CreatePartitions(WriteContext context, string name, int total)
    {
        var draft = context.Draft;
        if (!draft.Topics.TryGetValue(name, out var topic))
        {
            return KafkaError.UnknownTopic;
        }

        var count = topic.Partitions.Length;
        if (total <= count)
        {
            return new KafkaError(
                KafkaErrorCode.InvalidPartitions,
                total == count
                    ? $"Topic already has {count} partition(s)."
                    : $"The topic {name} currently has {count} partition(s); {total} would not be an increase.");
        }

        if (TopicCreationRules.PartitionLimit(total - count, draft, options) is { } problem)
        {
            return problem;
        }

        var grown = topic with { Partitions = topic.Partitions.AddRange(PartitionRows.Add(context, topic.Id, name, count, total)) };
        context.Draft = draft with { Topics = draft.Topics.SetItem(name, grown), PartitionCount = draft.PartitionCount + total - count };
        return default(Done);
    }

    private static KafkaResult<Done> Delete(WriteContext context, string name)
    {
        var draft = context.Draft;
        if (!draft.Topics.TryGetValue(name, out var topic))
        {
            return KafkaError.UnknownTopic;
        }

        PartitionRows.DeleteAll(context, topic);
        ConfigRows.DeleteAll(context, ConfigRows.Topic, name);
        context.Db.Execute("DELETE FROM topics WHERE id = $1", topic.Id);
        context.Draft = draft with
        {
            Topics = draft.Topics.Remove(name),
            Groups = GroupRows.ForgetTopic(context, draft.Groups, name),
            PartitionCount = draft.PartitionCount - topic.Partitions.Length,
        };
        context.AfterCommit += () =>
        {
            foreach (var partition in topic.Partitions)
            {
                partition.IsRetired = true;
            }
        };
        return default(Done);
    }

    private TopicDescription Describe(Topic topic, bool includeAuthorizedOperations) => new(
        topic.Name,
        topic.IsInternal,
        [.. topic.Partitions.Select(partition => new PartitionDescription(partition.Number, options.BrokerId, _onlyBroker, _onlyBroker))],
        includeAuthorizedOperations ? EveryOperation : null);
}
