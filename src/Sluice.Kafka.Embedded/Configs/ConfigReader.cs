using System.Collections.Frozen;
using System.Collections.Immutable;

using Sluice.Kafka.Configs;
using Sluice.Kafka.Embedded.Storage;
using Sluice.Kafka.Embedded.Topics;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>DescribeConfigs: values, where they come from, and all the places that could give them.</summary>
internal sealed class ConfigReader(Writer writer, EmbeddedClusterOptions options)
{
    private readonly string _brokerId = EmbeddedView.BrokerName(options);
    private readonly FrozenDictionary<string, string> _static = BrokerConfigs.Static(options);

    public KafkaResult<IReadOnlyList<ConfigEntry>> Describe(ConfigResource resource)
    {
        var snapshot = writer.Current;
        return resource switch
        {
            { Type: ConfigResourceType.Topic } => snapshot.Topics.TryGetValue(resource.Name, out var topic)
                ? Topic(snapshot, topic.Configs)
                : TopicName.Check(resource.Name) ?? KafkaError.UnknownTopic,
            { Name: "" } => ClusterDefaults(snapshot),
            _ when resource.Name == _brokerId => Broker(snapshot),
            _ => ConfigWriter.UnknownBroker(resource.Name, _brokerId),
        };
    }

    /// <summary>What a topic with these configs of its own has (KIP-525), without synonyms.</summary>
    public IReadOnlyList<ConfigEntry> OfNewTopic(IReadOnlyList<KeyValuePair<string, string?>> configs)
    {
        var own = configs.ToImmutableSortedDictionary(c => c.Key, c => c.Value!, StringComparer.Ordinal);
        return [.. Topic(writer.Current, own).Select(entry => entry with { Synonyms = [] })];
    }

    private List<ConfigEntry> Topic(ClusterSnapshot snapshot, ImmutableSortedDictionary<string, string> configs)
    {
        var entries = new List<ConfigEntry>(TopicConfigs.All.Count);
        foreach (var (definition, brokerConfig) in TopicConfigs.All.Values.OrderBy(config => config.Definition.Name, StringComparer.Ordinal))
        {
            var synonyms = new List<ConfigSynonym>();
            if (configs.TryGetValue(definition.Name, out var own))
            {
                synonyms.Add(new(definition.Name, own, ConfigSource.DynamicTopicConfig));
            }

            if (brokerConfig is not null)
            {
                AddBrokerSynonyms(snapshot, brokerConfig, synonyms);
            }

            // A default that only exists in another unit (hours) is not given as a synonym when nothing else is set, as Kafka does it.
            if (synonyms.TrueForAll(synonym => synonym.Source == ConfigSource.DefaultConfig && synonym.Name != brokerConfig))
            {
                synonyms.Clear();
            }

            var (value, source) = synonyms is [var first, ..] ? (first.Value, first.Source) : (definition.Default, ConfigSource.DefaultConfig);
            entries.Add(new(definition.Name, value, source, IsReadOnly: false, IsSensitive: false, synonyms));
        }

        return entries;
    }

    private List<ConfigEntry> Broker(ClusterSnapshot snapshot)
    {
        var dynamicNames = Dynamic(snapshot, _brokerId).Keys.Concat(Dynamic(snapshot, "").Keys);
        return [.. BrokerConfigs.All.Keys.Concat(dynamicNames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => BrokerEntry(snapshot, name))];
    }

    private ConfigEntry BrokerEntry(ClusterSnapshot snapshot, string name)
    {
        var definition = BrokerConfigs.All.GetValueOrDefault(name);
        var synonyms = new List<ConfigSynonym>();
        AddBrokerSynonyms(snapshot, name, synonyms);
        if (synonyms.TrueForAll(synonym => synonym.Source == ConfigSource.DefaultConfig && synonym.Name != name))
        {
            synonyms.Clear();
        }

        // Nobody knows what an unknown config holds: it is treated as a secret.
        var sensitive = definition?.IsSensitive ?? true;
        var (value, source) = synonyms is [var first, ..] ? (first.Value, first.Source) : (definition?.Default, ConfigSource.DefaultConfig);
        return new(
            name, sensitive ? null : value, source, definition is null || definition.Mode == UpdateMode.ReadOnly, sensitive,
            sensitive ? [.. synonyms.Select(synonym => synonym with { Value = null })] : synonyms);
    }

    private static List<ConfigEntry> ClusterDefaults(ClusterSnapshot snapshot) =>
    [
        .. Dynamic(snapshot, "").Select(config =>
        {
            var definition = BrokerConfigs.All.GetValueOrDefault(config.Key);
            var sensitive = definition?.IsSensitive ?? true;
            var value = sensitive ? null : config.Value;
            return new ConfigEntry(
                config.Key, value, ConfigSource.DynamicDefaultBrokerConfig, definition is null, sensitive,
                [new(config.Key, value, ConfigSource.DynamicDefaultBrokerConfig)]);
        }),
    ];

    private void AddBrokerSynonyms(ClusterSnapshot snapshot, string name, List<ConfigSynonym> synonyms)
    {
        foreach (var candidate in (string[])[name, .. BrokerConfigs.Fallbacks.GetValueOrDefault(name) ?? []])
        {
            Add(candidate, Dynamic(snapshot, _brokerId).GetValueOrDefault(candidate), ConfigSource.DynamicBrokerConfig);
            Add(candidate, Dynamic(snapshot, "").GetValueOrDefault(candidate), ConfigSource.DynamicDefaultBrokerConfig);
            Add(candidate, _static.GetValueOrDefault(candidate), ConfigSource.StaticBrokerConfig);
            Add(candidate, BrokerConfigs.All.GetValueOrDefault(candidate)?.Default, ConfigSource.DefaultConfig);
        }

        void Add(string candidate, string? value, ConfigSource source)
        {
            if (value is not null)
            {
                synonyms.Add(new(candidate, value, source));
            }
        }
    }

    private static ImmutableSortedDictionary<string, string> Dynamic(ClusterSnapshot snapshot, string broker) =>
        snapshot.BrokerConfigs.GetValueOrDefault(broker) ?? ImmutableSortedDictionary<string, string>.Empty;
}
