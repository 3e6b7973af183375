using Confluent.SchemaRegistry;
using Sluice.SchemaRegistry.Avro;
using Sluice.SchemaRegistry.Json;
using Sluice.SchemaRegistry.Protobuf;

namespace Sluice.SchemaRegistry;

/// <summary>Makes an encoder from a schema's text.</summary>
internal static class SchemaEncoders
{
    /// <param name="type">Which language the text is in.</param>
    /// <param name="text">The schema.</param>
    /// <param name="references">What the schema refers to, by name; each after the ones it refers to itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SchemaException">The text is not a schema.</exception>
    public static async Task<ISchemaEncoder> ParseAsync(
        SchemaType type, string text, IReadOnlyList<(string Name, string Text)> references, CancellationToken cancellationToken) => type switch
        {
            SchemaType.Avro => AvroEncoder.Parse(text, references),
            SchemaType.Json => await JsonSchemaEncoder.ParseAsync(text, references, cancellationToken),
            SchemaType.Protobuf => ProtobufEncoder.Parse(text, references),
            _ => throw SchemaException.Invalid($"Schemas of type {type} are not supported."),
        };
}
