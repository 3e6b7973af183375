using System.Text.Json;
using Sluice.Http;
using Sluice.Kafka.Configs;

namespace Sluice.Rest.V3.Configs;

/// <summary>The body of <c>…configs:alter</c>: <c>{"data":[{"name","value","operation"}],"validate_only"}</c>.</summary>
internal static class AlterConfigsBody
{
    public static (IReadOnlyList<ConfigChange> Changes, bool ValidateOnly, GatewayError Error) Read(JsonElement body)
    {
        var fields = new BodyFields(body);
        var changes = fields.RequiredObjects("data", ReadChange);
        var validateOnly = fields.OptionalBoolean("validate_only") ?? false;
        var error = fields.Finish();
        return (changes, validateOnly, error.IsNone ? CheckTwice(changes) : error);
    }

    public static ConfigChange ReadChange(BodyFields fields)
    {
        var name = fields.RequiredString("name");
        if (name.Length == 0)
        {
            // Kafka would keep a broker's config of that name.
            fields.Note(Errors.BadRequest($"{fields.Path}name must not be empty"));
        }

        var value = fields.OptionalString("value");
        var operation = fields.OptionalString("operation");
        if (operation is not (null or "SET" or "DELETE"))
        {
            fields.Note(Errors.BadRequest($"{fields.Path}operation must be \"SET\" or \"DELETE\" (in capitals), or be left out for SET"));
        }

        return operation == "DELETE" ? new ConfigChange(name, ConfigChangeKind.Delete, null) : new ConfigChange(name, ConfigChangeKind.Set, value);
    }

    /// <summary>Which of two changes to one config should win is not for us to say.</summary>
    public static GatewayError CheckTwice(IEnumerable<ConfigChange> changes) =>
        changes.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? Errors.Payload($"Config {twice.Key} is given more than once.")
            : default;
}
