using System.Collections;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Sluice.Testing.Specs;

/// <summary>
/// A JSON value against a schema: what NJsonSchema checks (required members, types, formats, enumerations, nulls), and two things that the
/// files say without it being law: a member that no schema knows is most likely misspelled, and so is a value outside <c>x-extensible-enum</c>.
/// </summary>
internal static class SchemaCheck
{
    public static IEnumerable<SpecViolation> Check(JsonSchema schema, JsonElement value)
    {
        var errors = schema.Validate(value.GetRawText(), SchemaType.OpenApi3, new JsonSchemaValidatorSettings());
        return errors.SelectMany(Leaves)
            .Select(static error => new SpecViolation(SpecRule.Schema, At(error.Path), $"{At(error.Path)} {error.Kind}"))
            .Distinct()
            .Concat(Undeclared(schema.ActualSchema, JToken.Parse(value.GetRawText()), ""));
    }

    private static IEnumerable<ValidationError> Leaves(ValidationError error) =>
        error is ChildSchemaValidationError child ? child.Errors.Values.SelectMany(static errors => errors).SelectMany(Leaves) : [error];

    private static string At(string? path) => (path ?? "").TrimStart('#', '/');

    private static IEnumerable<SpecViolation> Undeclared(JsonSchema schema, JToken value, string at)
    {
        schema = schema.ActualSchema;
        switch (value)
        {
            case JArray array when Item(schema) is { } item:
                return array.SelectMany((element, index) => Undeclared(item, element, $"{at}[{index}]"));
            case JObject body when IsClosed(schema):
                var known = Properties(schema).ToLookup(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal);
                return body.Properties().SelectMany(member => known.Contains(member.Name)
                    ? Undeclared(known[member.Name].First(), member.Value, $"{at}.{member.Name}")
                    : [new SpecViolation(SpecRule.UndeclaredMember, $"{at}.{member.Name}", $"{at}.{member.Name} is not in the schema")]);
            case JValue { Type: JTokenType.String } text when Values(schema) is { } values && !values.Contains((string)text!):
                return [new SpecViolation(SpecRule.UndeclaredValue, at, $"{at} is '{text}', not one of {string.Join(", ", values)}")];
            default:
                return [];
        }
    }

    private static JsonSchema? Item(JsonSchema schema) => schema.Item ?? All(schema).Select(static part => part.Item).FirstOrDefault(static item => item is not null);

    /// <summary>Whether the schema lists members; one that lists none, or that says what further ones look like, takes any.</summary>
    private static bool IsClosed(JsonSchema schema) =>
        All(schema).ToList() is var parts
        && parts.Any(static part => part.Properties.Count > 0)
        && parts.TrueForAll(static part => part.AdditionalPropertiesSchema is null && part.OneOf.Count == 0 && part.AnyOf.Count == 0);

    private static IEnumerable<KeyValuePair<string, JsonSchemaProperty>> Properties(JsonSchema schema) => All(schema).SelectMany(static part => part.Properties);

    private static IEnumerable<JsonSchema> All(JsonSchema schema) =>
        schema.ActualSchema.AllOf.SelectMany(All).Prepend(schema.ActualSchema);

    private static HashSet<string>? Values(JsonSchema schema)
    {
        object? list = null;
        return All(schema).Any(part => part.ExtensionData?.TryGetValue("x-extensible-enum", out list) is true) && list is IEnumerable values
            ? [.. values.Cast<object>().Select(static value => $"{value}")]
            : null;
    }
}
