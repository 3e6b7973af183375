using System.Text.Json.Serialization;
using Sluice.Kafka.Configs;

namespace Sluice.Rest.V3.Configs;

/// <summary>One config of a topic, of a broker or of the whole cluster; which of the three it is of says the one owner member that is there.</summary>
internal sealed record ConfigBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TopicName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? BrokerId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ConfigType,
    string Name,
    string? Value,
    bool IsDefault,
    bool IsReadOnly,
    bool IsSensitive,
    string Source,
    IReadOnlyList<ConfigSynonymBody> Synonyms)
{
    public static ConfigBody From(ConfigEntry entry, ConfigOwner owner) => new(
        owner.Kind,
        new ResourceMetadata($"{owner.Self}/{entry.Name}", owner.Crn + entry.Name),
        owner.ClusterId,
        owner.TopicName,
        owner.BrokerId,
        owner.ConfigType,
        entry.Name,
        entry.IsSensitive ? null : entry.Value,
        entry.IsDefault,
        entry.IsReadOnly,
        entry.IsSensitive,
        ConfigSources.Name(entry.Source),
        [.. entry.Synonyms.Select(s => new ConfigSynonymBody(s.Name, entry.IsSensitive ? null : s.Value, ConfigSources.Name(s.Source)))]);
}

/// <summary>A place that could give the value; the first one does.</summary>
internal sealed record ConfigSynonymBody(string Name, string? Value, string Source);
