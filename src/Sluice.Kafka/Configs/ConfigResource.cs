namespace Sluice.Kafka.Configs;

public enum ConfigResourceType
{
    Topic,

    /// <summary>A broker by id; an empty name means the cluster-wide dynamic defaults.</summary>
    Broker,
}

/// <summary>A thing that has configs.</summary>
public readonly record struct ConfigResource(ConfigResourceType Type, string Name)
{
    /// <summary>The dynamic defaults of all brokers.</summary>
    public static ConfigResource ClusterDefault { get; } = new(ConfigResourceType.Broker, "");

    public static ConfigResource Topic(string name) => new(ConfigResourceType.Topic, name);

    public static ConfigResource Broker(int id) => new(ConfigResourceType.Broker, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Where a config value comes from. Names as Kafka's admin client has them.</summary>
public enum ConfigSource
{
    Unknown,
    DynamicTopicConfig,
    DynamicBrokerConfig,
    DynamicDefaultBrokerConfig,
    StaticBrokerConfig,
    DefaultConfig,
    DynamicBrokerLoggerConfig,
    DynamicClientMetricsConfig,
    DynamicGroupConfig,
}

/// <param name="Name">Config name.</param>
/// <param name="Value">Null when sensitive or unset.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="IsReadOnly">Cannot be changed while running.</param>
/// <param name="IsSensitive">The value is withheld.</param>
/// <param name="Synonyms">All places that could give the value, the winning one first.</param>
public sealed record ConfigEntry(
    string Name, string? Value, ConfigSource Source, bool IsReadOnly, bool IsSensitive, IReadOnlyList<ConfigSynonym> Synonyms)
{
    /// <summary>True when nobody set it: Kafka's <c>isDefault</c>.</summary>
    public bool IsDefault => Source == ConfigSource.DefaultConfig;
}

public sealed record ConfigSynonym(string Name, string? Value, ConfigSource Source);

public enum ConfigChangeKind
{
    Set,
    Delete,
}

/// <summary>One step of an incremental alteration.</summary>
public sealed record ConfigChange(string Name, ConfigChangeKind Kind, string? Value);

/// <summary>All changes to one resource; they happen together or not at all.</summary>
public sealed record ConfigAlteration(ConfigResource Resource, IReadOnlyList<ConfigChange> Changes);
