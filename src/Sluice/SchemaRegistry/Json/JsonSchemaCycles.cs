using NJsonSchema;

namespace Sluice.SchemaRegistry.Json;

/// <summary>
/// Refuses schemas that the validator would not be right about (<see cref="JsonSchemaKeywords"/>) or never finish: ones that apply themselves to the same value (<c>{"allOf":[{"$ref":"#"}]}</c>), and
/// ones whose alternatives multiply without end.
/// </summary>
internal static class JsonSchemaCycles
{
    private const int MaxApplications = 10_000;

    public static void Refuse(JsonSchema schema)
    {
        var seen = new HashSet<JsonSchema>(ReferenceEqualityComparer.Instance);
        var toSee = new Stack<JsonSchema>([schema]);
        while (toSee.TryPop(out var next))
        {
            var actual = next.ActualSchema;
            if (!seen.Add(actual))
            {
                continue;
            }

            JsonSchemaKeywords.Refuse(actual);
            var budget = MaxApplications;
            Walk(actual, new HashSet<JsonSchema>(ReferenceEqualityComparer.Instance), ref budget);
            foreach (var child in InPlace(actual).Concat(Inside(actual)))
            {
                toSee.Push(child);
            }
        }
    }

    /// <summary>Everything that is applied to one and the same value.</summary>
    private static void Walk(JsonSchema schema, HashSet<JsonSchema> path, ref int budget)
    {
        if (--budget < 0)
        {
            throw SchemaException.Invalid($"One value would be held against more than {MaxApplications} schemas.");
        }

        if (!path.Add(schema))
        {
            throw SchemaException.Invalid("A schema applies itself to the same value without end.");
        }

        foreach (var part in InPlace(schema))
        {
            Walk(part.ActualSchema, path, ref budget);
        }

        path.Remove(schema);
    }

    private static IEnumerable<JsonSchema> InPlace(JsonSchema schema) =>
        schema.AllOf.Concat(schema.AnyOf).Concat(schema.OneOf).Concat(Of(schema.Not));

    private static IEnumerable<JsonSchema> Inside(JsonSchema schema) =>
        schema.Properties.Values.Concat<JsonSchema>(schema.PatternProperties.Values).Concat(schema.Items)
            .Concat(Of(schema.Item)).Concat(Of(schema.AdditionalItemsSchema)).Concat(Of(schema.AdditionalPropertiesSchema))
            .Concat(Of(schema.DictionaryKey));

    private static IEnumerable<JsonSchema> Of(JsonSchema? schema) => schema is null ? [] : [schema];
}
