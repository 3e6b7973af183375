using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sluice.Kafka;
using Sluice.Kafka.Configs;
using Sluice.Kafka.Topics;
using Sluice.Rest.V3.Configs;

namespace Sluice.Rest.V3.TopicConfigs;

// Default topic configs: what the topic would have if nothing were set on it
//   GET /topics/{topic_name}/default-configs   DescribeConfigs (+ CreateTopics as a dry run, where the synonyms do not say)   404/40403 unknown topic
// Kafka has no such request: a value is what remains when the topic's own setting is taken away.

internal static class DefaultConfigsEndpoints
{
    public static RouteGroupBuilder MapDefaultConfigs(this RouteGroupBuilder cluster)
    {
        cluster.MapGet("/topics/{topic_name}/default-configs", ListAsync);
        return cluster;
    }

    private static async Task<IResult> ListAsync(
        ClusterRequest request, [FromRoute(Name = "topic_name")] string topicName, CancellationToken cancellationToken)
    {
        var owner = ConfigOwner.Topic(topicName, request.Links);
        var found = (await request.Cluster.DescribeConfigsAsync([owner.Resource], cancellationToken))[0];
        if (!found.TryGet(out var entries, out var error))
        {
            return V3Answers.Error(error);
        }

        var defaults = entries.Any(e => Rest(e) is null)
            ? await AskAsync(request.Cluster, cancellationToken)
            : new Dictionary<string, ConfigEntry>(StringComparer.Ordinal);
        var bodies = entries
            .Select(e => Rest(e) ?? defaults.GetValueOrDefault(e.Name) ?? e with { Value = null, Source = ConfigSource.DefaultConfig, Synonyms = [] })
            .Select(e => ConfigBody.From(e, owner));
        return V3Answers.Ok(
            ListBody<ConfigBody>.Of("KafkaTopicConfigList", $"{request.Links.Topic(topicName)}/default-configs", [.. bodies]),
            WireJson.Default.ListBodyConfigBody);
    }

    /// <summary>The config without the topic's own setting; null when it leaves no trace of what would be then.</summary>
    private static ConfigEntry? Rest(ConfigEntry entry)
    {
        if (entry.Source != ConfigSource.DynamicTopicConfig)
        {
            return entry;
        }

        ConfigSynonym[] rest = [.. entry.Synonyms.Where(s => s.Source != ConfigSource.DynamicTopicConfig)];
        return rest is [var first, ..] ? entry with { Value = InUnitOf(entry.Name, first), Source = first.Source, Synonyms = rest } : null;
    }

    /// <summary>Brokers may have in hours or minutes what topics have in milliseconds.</summary>
    private static string? InUnitOf(string name, ConfigSynonym synonym)
    {
        var milliseconds = !name.EndsWith(".ms", StringComparison.Ordinal) ? 0
            : synonym.Name.EndsWith(".hours", StringComparison.Ordinal) ? 3_600_000L
            : synonym.Name.EndsWith(".minutes", StringComparison.Ordinal) ? 60_000L
            : 0;
        return milliseconds > 0 && int.TryParse(synonym.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            ? (count < 0 ? -1 : count * milliseconds).ToString(CultureInfo.InvariantCulture)
            : synonym.Value;
    }

    /// <summary>What a new topic would get (KIP-525); empty when the caller may not create one.</summary>
    private static async Task<IReadOnlyDictionary<string, ConfigEntry>> AskAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var probe = new NewTopic($"sluice-defaults-{Guid.NewGuid():N}", ValidateOnly: true);
        var made = await cluster.CreateTopicAsync(probe, cancellationToken);
        return made.TryGet(out var topic, out _) && topic.Configs is { } configs
            ? configs.ToDictionary(c => c.Name, StringComparer.Ordinal)
            : new Dictionary<string, ConfigEntry>(StringComparer.Ordinal);
    }
}
