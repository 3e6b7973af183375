using System.Collections.Frozen;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>Every broker config of Apache Kafka 4.3, by name, and what this broker has them set to.</summary>
internal static partial class BrokerConfigs
{
    public static FrozenDictionary<string, ConfigDefinition> All { get; } =
        AtoF.Concat(GtoM).Concat(NtoR).Concat(StoZ).ToFrozenDictionary(config => config.Name, StringComparer.Ordinal);

    /// <summary>
    /// Configs that give another's value when it is unset, as text and in the unit of the first: Kafka's chains of <c>.ms</c>,
    /// <c>.minutes</c> and <c>.hours</c>.
    /// </summary>
    public static FrozenDictionary<string, string[]> Fallbacks { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["log.retention.ms"] = ["log.retention.minutes", "log.retention.hours"],
        ["log.roll.ms"] = ["log.roll.hours"],
        ["log.roll.jitter.ms"] = ["log.roll.jitter.hours"],
        ["log.flush.interval.ms"] = ["log.flush.scheduler.interval.ms"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What stands in this broker's "server.properties".</summary>
    public static FrozenDictionary<string, string> Static(EmbeddedClusterOptions options)
    {
        var id = EmbeddedView.BrokerName(options);
        var listener = $"PLAINTEXT://{options.Host}:{options.Port}";
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["advertised.listeners"] = listener,
            ["auto.create.topics.enable"] = "false",
            ["broker.id"] = id,
            ["listeners"] = listener,
            ["log.dirs"] = options.Directory,
            ["node.id"] = id,
            ["num.partitions"] = options.DefaultPartitions.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["process.roles"] = "broker,controller",
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
