using NJsonSchema;

namespace Sluice.SchemaRegistry.Json;

/// <summary>Refuses schemas with assertions that the validator does not know: it would let through what they forbid.</summary>
internal static class JsonSchemaKeywords
{
    /// <summary>Of drafts 6 to 2020-12, as far as they can refuse a value. What only describes, such as <c>examples</c>, does no harm.</summary>
    private static readonly HashSet<string> Unknown = new(StringComparer.Ordinal)
    {
        "const", "contains", "minContains", "maxContains", "propertyNames", "if", "then", "else", "dependencies", "dependentRequired", "dependentSchemas",
        "prefixItems", "unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$recursiveRef",
    };

    /// <param name="schema">One schema, without those inside it.</param>
    public static void Refuse(JsonSchema schema)
    {
        if (schema.ExtensionData?.Keys.FirstOrDefault(Unknown.Contains) is { } keyword)
        {
            throw SchemaException.Invalid($"The keyword '{keyword}' is not supported. Express it with the keywords of draft 4, such as enum, anyOf, not, required.");
        }
    }
}
