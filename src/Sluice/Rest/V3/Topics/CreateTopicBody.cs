using System.Globalization;
using System.Text.Json;
using Sluice.Http;
using Sluice.Kafka.Topics;

namespace Sluice.Rest.V3.Topics;

/// <summary>The body of <c>POST /topics</c>.</summary>
internal static class CreateTopicBody
{
    public static (NewTopic Topic, GatewayError Error) Read(JsonElement body)
    {
        var fields = new BodyFields(body);
        var name = fields.RequiredString("topic_name");
        var partitions = fields.OptionalInt32("partitions_count");
        var replication = fields.OptionalInt16("replication_factor");
        var assignments = Assignments(fields);
        var configs = fields.OptionalObjects("configs", Config) ?? [];
        var validateOnly = fields.OptionalBoolean("validate_only") ?? false;
        var error = fields.Finish();
        if (error.IsNone && TopicName.Problem(name) is { } problem)
        {
            error = Errors.Payload(problem);
        }

        if (error.IsNone && configs.GroupBy(c => c.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            error = Errors.Payload($"Config {twice.Key} is given more than once.");
        }

        // Assignments say it all: Kafka takes them or the counts, and clients send both.
        var topic = assignments is null
            ? new NewTopic(name, partitions, replication, configs, ValidateOnly: validateOnly)
            : new NewTopic(name, null, null, configs, assignments, validateOnly);
        return (topic, error);
    }

    private static KeyValuePair<string, string?> Config(BodyFields fields) =>
        new(fields.RequiredString("name"), fields.OptionalString("value"));

    /// <summary><c>{"0": [1, 2], "1": [2, 3]}</c>: partition to broker ids. Empty counts as absent.</summary>
    private static Dictionary<int, IReadOnlyList<int>>? Assignments(BodyFields fields)
    {
        if (fields.OptionalObject("replicas_assignments") is not { } map)
        {
            return null;
        }

        var result = new Dictionary<int, IReadOnlyList<int>>();
        foreach (var property in map.EnumerateObject())
        {
            if (!int.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
                || property.Value.ValueKind != JsonValueKind.Array
                || !property.Value.EnumerateArray().All(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out _)))
            {
                fields.Note(Errors.BadRequest("replicas_assignments must map partition numbers to arrays of broker ids"));
                return null;
            }

            result[partition] = [.. property.Value.EnumerateArray().Select(id => id.GetInt32())];
        }

        return result.Count == 0 ? null : result;
    }
}
