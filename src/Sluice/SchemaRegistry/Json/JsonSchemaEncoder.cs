using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace Sluice.SchemaRegistry.Json;

/// <summary>JSON in, the same JSON without white space out, once it has been found to fit.</summary>
internal sealed class JsonSchemaEncoder(JsonSchema schema) : ISchemaEncoder
{
    public string? RecordName => schema.Title;

    /// <summary>Null data is a tombstone, which says nothing about the schema.</summary>
    public bool AdmitsNull => true;

    public static async Task<JsonSchemaEncoder> ParseAsync(
        string text, IReadOnlyList<(string Name, string Text)> references, CancellationToken cancellationToken)
    {
        try
        {
            var known = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
            foreach (var reference in references)
            {
                known[reference.Name] = await LoadAsync(reference.Text, known, cancellationToken);
            }

            var schema = await LoadAsync(text, known, cancellationToken);
            JsonSchemaCycles.Refuse(schema);
            return new JsonSchemaEncoder(schema);
        }
        catch (Exception invalid) when (invalid is Newtonsoft.Json.JsonException or InvalidOperationException or NotSupportedException
            or ArgumentException or FormatException or InvalidCastException)
        {
            throw SchemaException.Invalid(invalid.Message);
        }
    }

    public void Encode(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        try
        {
            var errors = schema.Validate(Encoding.UTF8.GetString(json.Span), SchemaType.JsonSchema);
            if (errors.Count > 0)
            {
                throw SchemaException.NotEncodable($"The data does not fit its JSON schema: {string.Join("; ", errors.Take(5).Select(static error => $"{error.Path} {error.Kind}"))}");
            }
        }
        catch (Exception unfit) when (unfit is Newtonsoft.Json.JsonException or InvalidOperationException or RegexMatchTimeoutException or RegexParseException)
        {
            throw SchemaException.NotEncodable(unfit.Message);
        }

        using var document = JsonDocument.Parse(json);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        document.WriteTo(writer);
    }

    private static Task<JsonSchema> LoadAsync(string text, Dictionary<string, JsonSchema> known, CancellationToken cancellationToken) =>
        JsonSchema.FromJsonAsync(
            text,
            documentPath: null,
            root =>
            {
                var resolver = new ClosedReferences(root);
                foreach (var (name, schema) in known)
                {
                    resolver.AddDocumentReference(name, schema);
                }

                return resolver;
            },
            cancellationToken);

    /// <summary>What a schema refers to comes from the registry; it must not make the gateway read files or call addresses.</summary>
    private sealed class ClosedReferences(JsonSchema root) : JsonReferenceResolver(new JsonSchemaAppender(root, new DefaultTypeNameGenerator()))
    {
        public override Task<NJsonSchema.References.IJsonReference> ResolveFileReferenceAsync(string filePath, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException($"The reference '{filePath}' is not among the schema's references.");

        public override Task<NJsonSchema.References.IJsonReference> ResolveUrlReferenceAsync(string url, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException($"The reference '{url}' is not among the schema's references.");
    }
}
