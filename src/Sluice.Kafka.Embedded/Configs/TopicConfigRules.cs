using System.Collections.Immutable;

namespace Sluice.Kafka.Embedded.Configs;

/// <summary>Checks topic configs as Kafka's controller does (<c>LogConfig.validate</c>), with its words.</summary>
internal static class TopicConfigRules
{
    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The configs of a topic to be made.</summary>
    public static bool TryRead(
        IReadOnlyList<KeyValuePair<string, string?>> wanted,
        out ImmutableSortedDictionary<string, string> configs,
        out KafkaError error)
    {
        configs = None;
        var nulls = wanted.Where(config => config.Value is null).Select(config => config.Key).ToList();
        if (nulls.Count > 0)
        {
            error = Invalid($"Null value not supported for topic configs: {string.Join(",", nulls)}");
            return false;
        }

        foreach (var (name, value) in wanted)
        {
            configs = configs.SetItem(name, value!);
        }

        error = CheckAll(configs) ?? default;
        return error.Code == KafkaErrorCode.None;
    }

    /// <summary>Checks the configs of a topic as a whole.</summary>
    public static KafkaError? CheckAll(ImmutableSortedDictionary<string, string> configs)
    {
        foreach (var (name, _) in configs)
        {
            if (!TopicConfigs.All.ContainsKey(name))
            {
                return Invalid($"Unknown topic config name: {name}");
            }
        }

        foreach (var (name, value) in configs)
        {
            if (TopicConfigs.All[name].Definition.Check(value) is { } problem)
            {
                return Invalid(problem);
            }
        }

        if (configs.TryGetValue("remote.storage.enable", out var remote) && remote.Trim().Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return Invalid("Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.");
        }

        var (min, max) = (Lag("min.compaction.lag.ms"), Lag("max.compaction.lag.ms"));
        return min > max
            ? Invalid($"conflict topic config setting min.compaction.lag.ms ({min}) > max.compaction.lag.ms ({max})")
            : null;

        long Lag(string name) =>
            (long)ConfigValue.Parse(ConfigType.Long, configs.GetValueOrDefault(name) ?? TopicConfigs.All[name].Definition.Default!, out _)!;
    }

    private static KafkaError Invalid(string message) => new(KafkaErrorCode.InvalidConfig, message);
}
