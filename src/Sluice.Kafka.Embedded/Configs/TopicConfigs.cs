using System.Collections.Frozen;

using static Sluice.Kafka.Embedded.Configs.ConfigRule;
using static Sluice.Kafka.Embedded.Configs.ConfigType;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>A topic config and the broker config that gives its default.</summary>
internal sealed record TopicConfig(ConfigDefinition Definition, string? BrokerConfig);

/// <summary>Every topic config of Apache Kafka 4.3 (<c>LogConfig</c>), by name.</summary>
internal static class TopicConfigs
{
    public static FrozenDictionary<string, TopicConfig> All { get; } = Table().ToFrozenDictionary(config => config.Definition.Name, StringComparer.Ordinal);

    private static IEnumerable<TopicConfig> Table() =>
    [
        Of("cleanup.policy", List, "delete", ListOf("compact", "delete"), "log.cleanup.policy"),
        Of("compression.gzip.level", Int, "-1", GzipLevel, "compression.gzip.level"),
        Of("compression.lz4.level", Int, "9", Between(1, 17), "compression.lz4.level"),
        Of("compression.type", ConfigType.String, "producer", OneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"), "compression.type"),
        Of("compression.zstd.level", Int, "3", Between(-131072, 22), "compression.zstd.level"),
        Of("delete.retention.ms", Long, "86400000", AtLeast(0), "log.cleaner.delete.retention.ms"),
        Of("file.delete.delay.ms", Long, "60000", AtLeast(0), "log.segment.delete.delay.ms"),
        Of("flush.messages", Long, "9223372036854775807", AtLeast(1), "log.flush.interval.messages"),
        Of("flush.ms", Long, "9223372036854775807", AtLeast(0), "log.flush.interval.ms"),
        Of("follower.replication.throttled.replicas", List, "", ThrottledReplicas, null),
        Of("index.interval.bytes", Int, "4096", AtLeast(0), "log.index.interval.bytes"),
        Of("leader.replication.throttled.replicas", List, "", ThrottledReplicas, null),
        Of("local.retention.bytes", Long, "-2", AtLeast(-2), "log.local.retention.bytes"),
        Of("local.retention.ms", Long, "-2", AtLeast(-2), "log.local.retention.ms"),
        Of("max.compaction.lag.ms", Long, "9223372036854775807", AtLeast(1), "log.cleaner.max.compaction.lag.ms"),
        Of("max.message.bytes", Int, "1048588", AtLeast(0), "message.max.bytes"),
        Of("message.timestamp.after.max.ms", Long, "3600000", AtLeast(0), "log.message.timestamp.after.max.ms"),
        Of("message.timestamp.before.max.ms", Long, "9223372036854775807", AtLeast(0), "log.message.timestamp.before.max.ms"),
        Of("message.timestamp.type", ConfigType.String, "CreateTime", OneOf("CreateTime", "LogAppendTime"), "log.message.timestamp.type"),
        Of("min.cleanable.dirty.ratio", ConfigType.Double, "0.5", Between(0, 1), "log.cleaner.min.cleanable.ratio"),
        Of("min.compaction.lag.ms", Long, "0", AtLeast(0), "log.cleaner.min.compaction.lag.ms"),
        Of("min.insync.replicas", Int, "1", AtLeast(1), "min.insync.replicas"),
        Of("preallocate", ConfigType.Boolean, "false", null, "log.preallocate"),
        Of("remote.log.copy.disable", ConfigType.Boolean, "false", null, null),
        Of("remote.log.delete.on.disable", ConfigType.Boolean, "false", null, null),
        Of("remote.storage.enable", ConfigType.Boolean, "false", null, null),
        Of("retention.bytes", Long, "-1", null, "log.retention.bytes"),
        Of("retention.ms", Long, "604800000", AtLeast(-1), "log.retention.ms"),
        Of("segment.bytes", Int, "1073741824", AtLeast(1048576), "log.segment.bytes"),
        Of("segment.index.bytes", Int, "10485760", AtLeast(4), "log.index.size.max.bytes"),
        Of("segment.jitter.ms", Long, "0", AtLeast(0), "log.roll.jitter.ms"),
        Of("segment.ms", Long, "604800000", AtLeast(1), "log.roll.ms"),
        Of("unclean.leader.election.enable", ConfigType.Boolean, "false", null, "unclean.leader.election.enable"),
    ];

    private static TopicConfig Of(string name, ConfigType type, string fallback, ConfigRule? rule, string? brokerConfig) =>
        new(new(name, type, fallback, rule), brokerConfig);
}
