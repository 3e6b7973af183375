using Sluice.Kafka.Configs;

namespace Sluice.Rest.V3.Configs;

/// <summary>How sources of config values are written in bodies.</summary>
internal static class ConfigSources
{
    /// <summary><c>UNKNOWN</c> for a source that the API has no word for.</summary>
    public static string Name(ConfigSource source) => source switch
    {
        ConfigSource.DynamicTopicConfig => "DYNAMIC_TOPIC_CONFIG",
        ConfigSource.DynamicBrokerConfig => "DYNAMIC_BROKER_CONFIG",
        ConfigSource.DynamicDefaultBrokerConfig => "DYNAMIC_DEFAULT_BROKER_CONFIG",
        ConfigSource.DynamicBrokerLoggerConfig => "DYNAMIC_BROKER_LOGGER_CONFIG",
        ConfigSource.DynamicGroupConfig => "DYNAMIC_GROUP_CONFIG",
        ConfigSource.StaticBrokerConfig => "STATIC_BROKER_CONFIG",
        ConfigSource.DefaultConfig => "DEFAULT_CONFIG",
        _ => "UNKNOWN",
    };
}
