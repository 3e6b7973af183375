using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.OpenApi;

/// <summary>The document's <c>components/schemas</c>: made from the very types that are written to the wire, and so never behind them.</summary>
internal sealed class SchemaLibrary
{
    private readonly JsonSchemaExporterOptions _options;
    private readonly Dictionary<Type, string> _names = [];

    public SchemaLibrary() => _options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public JsonObject Components { get; } = [];

    /// <summary>Adds a schema that no type stands behind.</summary>
    public void Add(string name, string json) => Components[name] ??= JsonNode.Parse(json);

    /// <summary>A reference to a type's schema, which is added when it is new.</summary>
    public JsonObject Refer(JsonTypeInfo type)
    {
        if (!_names.TryGetValue(type.Type, out var name))
        {
            name = NameOf(type.Type);
            _names[type.Type] = name;
            Components[name] = type.GetJsonSchemaAsNode(_options);
        }

        return Reference(name);
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary><c>ListBody&lt;TopicBody&gt;</c> of Kafka REST is <c>KafkaTopicList</c>.</summary>
    private static string NameOf(Type type)
    {
        var plain = type.IsGenericType
            ? $"{Trim(type.GetGenericArguments()[0].Name)}List"
            : Trim(type.Name);
        var area = (type.IsGenericType ? type.GetGenericArguments()[0] : type).Namespace!.Split('.') is ["Sluice", var first, ..] ? first : "";
        var prefix = area switch { "Rest" => "Kafka", "Iam" or "Org" or "Cmk" or "Sts" => area, "ControlPlane" => "Control", "Api" => "Cli", _ => "" };
        return plain.StartsWith(prefix, StringComparison.Ordinal) ? plain : prefix + plain;
    }

    private static string Trim(string name) => name.EndsWith("Body", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node)
        {
            return schema;
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            Require(context.TypeInfo, node);
            if (!context.Path.IsEmpty)
            {
                return Nested(context, node);
            }
        }

        if (context.PropertyInfo is { } property && IsLeftOutWhenNull(property) && node["type"] is JsonArray types)
        {
            node["type"] = types.FirstOrDefault(static type => (string?)type != "null")?.DeepClone();
        }

        return node;
    }

    /// <summary>What is always written is required.</summary>
    private static void Require(JsonTypeInfo type, JsonObject node)
    {
        var required = type.Properties.Where(static property => property.Get is not null && !(IsLeftOutWhenNull(property) && property.IsGetNullable))
            .Select(static property => (JsonNode)property.Name).ToArray();
        if (required.Length > 0)
        {
            node["required"] = new JsonArray(required);
        }
    }

    private static bool IsLeftOutWhenNull(JsonPropertyInfo property) =>
        property.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull
        || property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true).OfType<JsonIgnoreAttribute>().Any(
            static ignore => ignore.Condition == JsonIgnoreCondition.WhenWritingNull) is true;

    /// <summary>An object inside another gets a schema of its own.</summary>
    private JsonObject Nested(JsonSchemaExporterContext context, JsonObject node)
    {
        var isNullable = node["type"] is JsonArray;
        node["type"] = "object";
        if (!_names.TryGetValue(context.TypeInfo.Type, out var name))
        {
            name = NameOf(context.TypeInfo.Type);
            _names[context.TypeInfo.Type] = name;
            Components[name] = node.DeepClone();
        }

        return isNullable && !(context.PropertyInfo is { } property && IsLeftOutWhenNull(property))
            ? new JsonObject { ["anyOf"] = new JsonArray(Reference(name), new JsonObject { ["type"] = "null" }) }
            : Reference(name);
    }
}
