using System.Collections.Immutable;

using Sluice.Kafka.Configs;
using Sluice.Kafka.Embedded.Storage;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>IncrementalAlterConfigs: all changes to one resource or none, with the controller's words.</summary>
internal sealed class ConfigWriter(Writer writer, EmbeddedClusterOptions options)
{
    private readonly string _brokerId = EmbeddedView.BrokerName(options);

    public Task<KafkaResult<Done>> AlterAsync(ConfigAlteration alteration, bool validateOnly, CancellationToken cancellationToken) =>
        writer.RunAsync(context => Alter(context, alteration), validateOnly, cancellationToken);

    public static KafkaError UnknownBroker(string name, string known) => new(
        KafkaErrorCode.InvalidRequest, $"There is no broker '{name}' in this cluster: its only broker is {known}.");

    private KafkaResult<Done> Alter(WriteContext context, ConfigAlteration alteration)
    {
        var (resource, changes) = (alteration.Resource, alteration.Changes);
        if (changes.Select(change => change.Name).Distinct(StringComparer.Ordinal).Count() != changes.Count)
        {
            return Invalid("Error due to duplicate config keys");
        }

        var nulls = changes.Where(change => change is { Kind: ConfigChangeKind.Set, Value: null }).Select(change => change.Name).ToList();
        if (nulls.Count > 0)
        {
            return Invalid($"Null value not supported for : {string.Join(",", nulls)}");
        }

        return resource.Type == ConfigResourceType.Topic ? AlterTopic(context, resource.Name, changes) : AlterBroker(context, resource.Name, changes);
    }

    private KafkaResult<Done> AlterTopic(WriteContext context, string name, IReadOnlyList<ConfigChange> changes)
    {
        if (name.Length == 0)
        {
            return Invalid("Default topic resources are not allowed.");
        }

        if (!context.Draft.Topics.TryGetValue(name, out var topic))
        {
            return new KafkaError(KafkaErrorCode.UnknownTopicOrPartition, $"The topic '{name}' does not exist.");
        }

        var configs = Apply(topic.Configs, changes);
        if (TopicConfigRules.CheckAll(configs) is { } problem)
        {
            return problem;
        }

        Store(context, ConfigRows.Topic, name, changes);
        var changed = topic with { Configs = configs, Settings = TopicSettings.From(configs, context.Draft.BrokerConfigs, _brokerId) };
        context.Draft = context.Draft with { Topics = context.Draft.Topics.SetItem(name, changed) };
        return default(Done);
    }

    private KafkaResult<Done> AlterBroker(WriteContext context, string name, IReadOnlyList<ConfigChange> changes)
    {
        if (name.Length > 0 && name != _brokerId)
        {
            return UnknownBroker(name, _brokerId);
        }

        foreach (var change in changes.Where(change => change.Kind == ConfigChangeKind.Set))
        {
            if (CheckBrokerConfig(change, name.Length == 0) is { } problem)
            {
                return Invalid(problem);
            }
        }

        var draft = context.Draft;
        var configs = Apply(draft.BrokerConfigs.GetValueOrDefault(name) ?? TopicConfigRules.None, changes);
        Store(context, ConfigRows.Broker, name, changes);

        // Broker configs are the topics' defaults.
        var brokers = draft.BrokerConfigs.SetItem(name, configs);
        context.Draft = draft with
        {
            BrokerConfigs = brokers,
            Topics = draft.Topics.SetItems(draft.Topics.Values.Select(topic => KeyValuePair.Create(
                topic.Name, topic with { Settings = TopicSettings.From(topic.Configs, brokers, _brokerId) }))),
        };
        return default(Done);
    }

    private static string? CheckBrokerConfig(ConfigChange change, bool isDefault) =>
        !BrokerConfigs.All.TryGetValue(change.Name, out var definition) ? null
        : definition.Mode == UpdateMode.ReadOnly ? $"Cannot update these configs dynamically: [{change.Name}]"
        : definition.Mode == UpdateMode.PerBroker && isDefault
            ? $"Cannot update these configs at default cluster level: [{change.Name}]"
        : definition.Check(change.Value!);

    private static ImmutableSortedDictionary<string, string> Apply(
        ImmutableSortedDictionary<string, string> configs, IReadOnlyList<ConfigChange> changes)
    {
        foreach (var change in changes)
        {
            configs = change.Kind == ConfigChangeKind.Set ? configs.SetItem(change.Name, change.Value!) : configs.Remove(change.Name);
        }

        return configs;
    }

    private static void Store(WriteContext context, int type, string resource, IReadOnlyList<ConfigChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Kind == ConfigChangeKind.Set)
            {
                ConfigRows.Set(context, type, resource, change.Name, change.Value!);
            }
            else
            {
                ConfigRows.Delete(context, type, resource, change.Name);
            }
        }
    }

    private static KafkaError Invalid(string message) => new(KafkaErrorCode.InvalidRequest, message);
}
