using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Http;

namespace Sluice.Rest.V3.Records;

/// <summary>The body of <c>records:batch</c>: everything that is wrong with its shape is found here, before anything is produced.</summary>
internal static class BatchBody
{
    private const int MaxIdLength = 80;
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");

    private static readonly string[] Types = ["BINARY", "JSON", "STRING", "AVRO", "JSONSCHEMA", "PROTOBUF"];
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static (IReadOnlyList<BatchEntry> Entries, GatewayError Error) Read(JsonElement body, int maxEntries)
    {
        var fields = new BodyFields(body);
        var elements = fields.OptionalArray("entries");
        var count = elements?.Count ?? 0;
        var shape = fields.Finish();
        if (!shape.IsNone)
        {
            return ([], shape);
        }

        if (count == 0 || count > maxEntries)
        {
            return ([], Errors.Batch($"A batch has 1 to {maxEntries} entries; this one has {count}."));
        }

        var entries = new List<BatchEntry>(count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using var record = new ParsedRecord();
        foreach (var element in elements!)
        {
            var (entry, error) = ReadEntry(element, $"entries[{entries.Count}].", record);
            error = error.IsNone && !ids.Add(entry!.Id) ? Errors.Batch($"The id {entry.Id} is given twice.") : error;
            if (!error.IsNone)
            {
                return ([], error);
            }

            entries.Add(entry!);
        }

        return (entries, default);
    }

    private static (BatchEntry? Entry, GatewayError Error) ReadEntry(JsonElement element, string path, ParsedRecord record)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, Errors.BadRequest($"{path.TrimEnd('.')} must be an object, not {BodyFields.Describe(element.ValueKind)}"));
        }

        var fields = new BodyFields(element, path);
        var id = fields.OptionalString("id");
        fields.OptionalInt32("partition_id");
        fields.OptionalObjects("headers", header => (header.RequiredString("name"), header.OptionalString("value")));
        fields.OptionalValue("timestamp");
        CheckData(fields, "key", path);
        CheckData(fields, "value", path);
        var error = fields.Finish();
        error = error.IsNone && !IsId(id)
            ? Errors.Batch($"{path}id must be a string of 1 to {MaxIdLength} letters, digits, '_' and '-'.")
            : error;
        if (!error.IsNone)
        {
            return (null, error);
        }

        // The reader of streams knows the rest: what it finds wrong around key and value refuses the batch, what is wrong in them is the entry's.
        var text = WithoutId(element);
        RecordReader.TryRead(text.Span, isFinal: true, record, out _);
        return record is { ErrorCode: 400, IsErrorInData: false }
            ? (null, Errors.BadRequest($"{record.ErrorMessage} ({path.TrimEnd('.')})"))
            : (new BatchEntry(id!, text), default);
    }

    private static void CheckData(BodyFields entry, string name, string path)
    {
        if (entry.OptionalObject(name) is not { } data)
        {
            return;
        }

        var fields = new BodyFields(data, $"{path}{name}.");
        if (fields.OptionalString("type") is { } type && !Types.Contains(type, StringComparer.Ordinal))
        {
            fields.Note(Errors.BadRequest($"{fields.Path}type must be one of {string.Join(", ", Types)}, in capitals"));
        }

        fields.OptionalValue("data");
        fields.OptionalString("subject");
        fields.OptionalString("subject_name_strategy");
        fields.OptionalInt32("schema_id");
        fields.OptionalInt32("schema_version");
        fields.OptionalString("schema");
        entry.Note(fields.Finish());
    }

    private static bool IsId(string? id) => id is { Length: > 0 and <= MaxIdLength } && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    private static ReadOnlyMemory<byte> WithoutId(JsonElement entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            foreach (var property in entry.EnumerateObject().Where(p => !p.NameEquals("id"u8)))
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
