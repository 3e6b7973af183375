using System.Buffers;
using System.Text;
using System.Text.Json;
using Avro;
using Avro.Generic;
using Avro.IO;
using AvroSchema = Avro.Schema;

namespace Sluice.SchemaRegistry.Avro;

/// <summary>Avro's JSON encoding in, its binary encoding out.</summary>
/// <remarks>https://avro.apache.org/docs/1.12.0/specification/#json-encoding: a union's value is wrapped in its type's name, bytes are a string.</remarks>
internal sealed class AvroEncoder(AvroSchema schema) : ISchemaEncoder
{
    public string? RecordName => (schema as NamedSchema)?.Fullname;

    public bool AdmitsNull => IsNull(schema) || (schema is UnionSchema union && union.Schemas.Any(IsNull));

    public static AvroEncoder Parse(string text, IReadOnlyList<(string Name, string Text)> references)
    {
        try
        {
            var names = new SchemaNames();
            foreach (var reference in references)
            {
                AvroSchema.Parse(reference.Text, names, encspace: null);
            }

            return AvroSchema.Parse(text, names, encspace: null) is { } schema
                ? new AvroEncoder(schema)
                : throw SchemaException.Invalid("Its type is not one of Avro's.");
        }
        catch (Exception invalid) when (invalid is AvroException or Newtonsoft.Json.JsonException or ArgumentException or InvalidCastException or FormatException)
        {
            throw SchemaException.Invalid(invalid.Message);
        }
    }

    public void Encode(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        using (var data = JsonDocument.Parse(json))
        {
            AvroJson.Check(schema, data.RootElement);
        }

        try
        {
            var text = Encoding.UTF8.GetString(json.Span);
            var value = new GenericDatumReader<object>(schema, schema).Read(null!, new JsonDecoder(schema, text));
            using var bytes = new MemoryStream();
            new GenericDatumWriter<object>(schema).Write(value, new BinaryEncoder(bytes));
            output.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (Exception unfit) when (unfit is AvroException or Newtonsoft.Json.JsonException or OverflowException or ArgumentException
            or InvalidCastException or FormatException or IOException or NullReferenceException or IndexOutOfRangeException)
        {
            // The library's decoder meets unfit data in many ways; all of them mean the same here.
            throw SchemaException.NotEncodable(unfit.Message);
        }
    }

    private static bool IsNull(AvroSchema candidate) => candidate.Tag == AvroSchema.Type.Null;
}
