using static Sluice.Kafka.Embedded.Configs.ConfigRule;
using static Sluice.Kafka.Embedded.Configs.ConfigType;
using static Sluice.Kafka.Embedded.Configs.UpdateMode;

namespace Sluice.Kafka.Embedded.Configs;

// Broker configs, a to f: name, type, default, rule, update mode, as Apache Kafka 4.3 documents them.
internal static partial class BrokerConfigs
{
    private static ConfigDefinition[] AtoF =>
    [
        new("add.partitions.to.txn.retry.backoff.max.ms", Int, "100", AtLeast(0), ReadOnly),
        new("add.partitions.to.txn.retry.backoff.ms", Int, "20", AtLeast(1), ReadOnly),
        new("advertised.listeners", List, null, null, ReadOnly),
        new("alter.config.policy.class.name", Class, null, null, ReadOnly),
        new("alter.log.dirs.replication.quota.window.num", Int, "11", AtLeast(1), ReadOnly),
        new("alter.log.dirs.replication.quota.window.size.seconds", Int, "1", AtLeast(1), ReadOnly),
        new("authorizer.class.name", ConfigType.String, "", null, ReadOnly),
        new("auto.create.topics.enable", ConfigType.Boolean, "true", null, ReadOnly),
        new("auto.leader.rebalance.enable", ConfigType.Boolean, "true", null, ReadOnly),
        new("background.threads", Int, "10", AtLeast(1), ClusterWide),
        new("broker.heartbeat.interval.ms", Int, "2000", null, ReadOnly),
        new("broker.id", Int, "-1", null, ReadOnly),
        new("broker.rack", ConfigType.String, null, null, ReadOnly),
        new("broker.session.timeout.ms", Int, "9000", null, ReadOnly),
        new("client.quota.callback.class", Class, null, null, ReadOnly),
        new("compression.gzip.level", Int, "-1", GzipLevel, ClusterWide),
        new("compression.lz4.level", Int, "9", Between(1, 17), ClusterWide),
        new("compression.type", ConfigType.String, "producer", OneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"), ClusterWide),
        new("compression.zstd.level", Int, "3", Between(-131072, 22), ClusterWide),
        new("config.providers", List, "", null, ClusterWide),
        new("connection.failed.authentication.delay.ms", Int, "100", AtLeast(0), ReadOnly),
        new("connections.max.idle.ms", Long, "600000", null, ReadOnly),
        new("connections.max.reauth.ms", Long, "0", null, ReadOnly),
        new("controlled.shutdown.enable", ConfigType.Boolean, "true", null, ReadOnly),
        new("controller.listener.names", List, null, null, ReadOnly),
        new("controller.quorum.append.linger.ms", Int, "25", AtLeast(0), ReadOnly),
        new("controller.quorum.auto.join.enable", ConfigType.Boolean, "false", null, ReadOnly),
        new("controller.quorum.bootstrap.servers", List, "", null, ReadOnly),
        new("controller.quorum.election.backoff.max.ms", Int, "1000", AtLeast(0), ReadOnly),
        new("controller.quorum.election.timeout.ms", Int, "1000", AtLeast(0), ReadOnly),
        new("controller.quorum.fetch.max.bytes", Int, "1048576", AtLeast(1), ReadOnly),
        new("controller.quorum.fetch.snapshot.max.bytes", Int, "1048576", AtLeast(1), ReadOnly),
        new("controller.quorum.fetch.timeout.ms", Int, "2000", AtLeast(0), ReadOnly),
        new("controller.quorum.request.timeout.ms", Int, "2000", AtLeast(0), ReadOnly),
        new("controller.quorum.retry.backoff.ms", Int, "20", AtLeast(0), ReadOnly),
        new("controller.quorum.voters", List, "", null, ReadOnly),
        new("controller.quota.window.num", Int, "11", AtLeast(1), ReadOnly),
        new("controller.quota.window.size.seconds", Int, "1", AtLeast(1), ReadOnly),
        new("controller.socket.timeout.ms", Int, "30000", null, ReadOnly),
        new("cordoned.log.dirs", List, "", null, PerBroker),
        new("create.topic.policy.class.name", Class, null, null, ReadOnly),
        new("default.replication.factor", Int, "1", null, ReadOnly),
        new("delegation.token.expiry.check.interval.ms", Long, "3600000", AtLeast(1), ReadOnly),
        new("delegation.token.expiry.time.ms", Long, "86400000", AtLeast(1), ReadOnly),
        new("delegation.token.max.lifetime.ms", Long, "604800000", AtLeast(1), ReadOnly),
        new("delegation.token.secret.key", Password, null, null, ReadOnly),
        new("delete.records.purgatory.purge.interval.requests", Int, "1", null, ReadOnly),
        new("delete.topic.enable", ConfigType.Boolean, "true", null, ReadOnly),
        new("early.start.listeners", List, null, null, ReadOnly),
        new("fetch.max.bytes", Int, "57671680", AtLeast(1024), ReadOnly),
        new("fetch.purgatory.purge.interval.requests", Int, "1000", null, ReadOnly),
        new("follower.fetch.last.tiered.offset.enable", ConfigType.Boolean, "false", null, ClusterWide),
        new("follower.replication.throttled.rate", Long, "9223372036854775807", AtLeast(0), ClusterWide),
    ];
}
