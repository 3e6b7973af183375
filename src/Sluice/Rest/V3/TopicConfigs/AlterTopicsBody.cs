using System.Text.Json;
using Sluice.Http;
using Sluice.Kafka.Configs;
using Sluice.Rest.V3.Configs;

namespace Sluice.Rest.V3.TopicConfigs;

/// <summary>The body of <c>POST /topics/-/configs:alter</c>: changes to the configs of several topics.</summary>
internal static class AlterTopicsBody
{
    /// <returns>The changes by topic, in the order given; a topic that is named again overwrites what was said of it before.</returns>
    public static (IReadOnlyList<(string Topic, IReadOnlyList<ConfigChange> Changes)> Topics, bool ValidateOnly, GatewayError Error) Read(JsonElement body)
    {
        var fields = new BodyFields(body);
        var entries = fields.RequiredObjects(
            "data", entry => (Topic: entry.RequiredString("topic_name"), Changes: entry.RequiredObjects("configs", AlterConfigsBody.ReadChange)));
        var validateOnly = fields.OptionalBoolean("validate_only") ?? false;
        var error = fields.Finish();
        var topics = new List<(string Topic, IReadOnlyList<ConfigChange> Changes)>();
        foreach (var entry in entries)
        {
            var at = topics.FindIndex(t => t.Topic == entry.Topic);
            if (at < 0)
            {
                topics.Add(entry);
            }
            else
            {
                topics[at] = entry;
            }
        }

        foreach (var (_, changes) in topics)
        {
            error = error.IsNone ? AlterConfigsBody.CheckTwice(changes) : error;
        }

        return (topics, validateOnly, error);
    }
}

/// <summary>The answer when some topics failed: <c>207</c>, with the failures only.</summary>
internal sealed record AlterTopicsFailuresBody(IReadOnlyList<AlterTopicFailureBody> Failures);

internal sealed record AlterTopicFailureBody(string TopicName, int ErrorCode, string Message);
