using System.Collections.Immutable;

using Sluice.Kafka.Records;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>The topic configs that this cluster acts on, read once when configs change. Times are in milliseconds, sizes in bytes.</summary>
internal sealed record TopicSettings(
    int MaxMessageBytes,
    TimestampType TimestampType,
    long TimestampBeforeMax,
    long TimestampAfterMax,
    bool IsCompacted,
    bool IsDeleted,
    long RetentionTime,
    long RetentionBytes,
    long DeleteRetentionTime,
    long MinCompactionLag)
{
    public static TopicSettings From(
        ImmutableSortedDictionary<string, string> topicConfigs,
        ImmutableDictionary<string, ImmutableSortedDictionary<string, string>> brokerConfigs,
        string brokerId)
    {
        var policy = (string[])Get("cleanup.policy");
        return new(
            (int)(long)Get("max.message.bytes"),
            (string)Get("message.timestamp.type") == "LogAppendTime" ? TimestampType.LogAppendTime : TimestampType.CreateTime,
            (long)Get("message.timestamp.before.max.ms"),
            (long)Get("message.timestamp.after.max.ms"),
            policy.Contains("compact"),
            policy.Contains("delete"),
            (long)Get("retention.ms"),
            (long)Get("retention.bytes"),
            (long)Get("delete.retention.ms"),
            (long)Get("min.compaction.lag.ms"));

        object Get(string name)
        {
            var config = TopicConfigs.All[name];
            var text = topicConfigs.GetValueOrDefault(name) ?? FromBroker(config) ?? config.Definition.Default!;
            return ConfigValue.Parse(config.Definition.Type, text, out _)!;
        }

        string? FromBroker(TopicConfig config) => config.BrokerConfig is null ? null
            : brokerConfigs.GetValueOrDefault(brokerId)?.GetValueOrDefault(config.BrokerConfig)
            ?? brokerConfigs.GetValueOrDefault("")?.GetValueOrDefault(config.BrokerConfig);
    }
}
