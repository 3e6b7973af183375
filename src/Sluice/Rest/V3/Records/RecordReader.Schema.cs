using System.Text.Json;
using Confluent.SchemaRegistry;
using Sluice.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

/// <summary>Reads what a key or value says about its schema.</summary>
internal static partial class RecordReader
{
    private static SchemaMember SchemaMemberOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("subject"u8) ? SchemaMember.Subject
        : json.ValueTextEquals("subject_name_strategy"u8) ? SchemaMember.Strategy
        : json.ValueTextEquals("schema_id"u8) ? SchemaMember.Id
        : json.ValueTextEquals("schema_version"u8) ? SchemaMember.Version
        : json.ValueTextEquals("schema"u8) ? SchemaMember.Text
        : SchemaMember.None;

    private static bool ReadSchemaMember(ref Utf8JsonReader json, ParsedRecord record, SchemaMember member, ref RawData found)
    {
        NoteTwice((found.Seen & member) != SchemaMember.None, record);
        found.Seen |= member;
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        var fits = member switch
        {
            SchemaMember.Subject => TryText(ref json, record, out found.Subject) && found.Subject!.Length > 0,
            SchemaMember.Strategy => TryStrategy(ref json, out found.Strategy),
            SchemaMember.Id => TryNumber(ref json, 0, out found.SchemaId),
            SchemaMember.Version => TryNumber(ref json, 1, out found.SchemaVersion),
            _ => TryText(ref json, record, out found.SchemaText),
        };
        if (!fits)
        {
            record.FailBadRequest(member switch
            {
                SchemaMember.Subject => "subject must be a string that is not empty.",
                SchemaMember.Strategy => "subject_name_strategy must be TOPIC_NAME, RECORD_NAME or TOPIC_RECORD_NAME.",
                SchemaMember.Id => "schema_id must be a whole number, 0 or more.",
                SchemaMember.Version => "schema_version must be a whole number, 1 or more.",
                _ => "schema must be a string that holds the schema.",
            });
        }

        return json.TrySkip();
    }

    /// <summary>Leaves the choice and a copy of the data with <paramref name="data"/>, for the schema's encoder.</summary>
    private static void ChooseSchema(ReadOnlySpan<byte> buffer, ParsedRecord record, ParsedData data, in RawData found)
    {
        if (!record.AllowsSchemas)
        {
            record.Fail(422, "Error: 42206 : Payload error. Schema Registry must be configured when using schemas.");
            return;
        }

        var choice = new SchemaChoice(
            DataFormats.Type(found.Format), found.Subject, found.Strategy, found.SchemaId, found.SchemaVersion, found.SchemaText);
        if (choice.Problem() is { } problem)
        {
            record.FailBadRequest(problem);
            return;
        }

        var isNull = !found.HasData || found.Token == JsonTokenType.Null;
        data.SetChoice(choice, isNull ? null : buffer.Slice(found.Start, found.Length).ToArray());
    }

    private static string Types(ParsedRecord record) =>
        record.AllowsSchemas ? "BINARY, JSON, STRING, AVRO, JSONSCHEMA or PROTOBUF" : "BINARY, JSON or STRING";

    private static bool TryText(ref Utf8JsonReader json, ParsedRecord record, out string? text)
    {
        text = json.TokenType == JsonTokenType.String ? Text(ref json, record) : null;
        return text is not null;
    }

    private static bool TryNumber(ref Utf8JsonReader json, int from, out int? number)
    {
        number = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value) && value >= from ? value : null;
        return number is not null;
    }

    private static bool TryStrategy(ref Utf8JsonReader json, out SubjectNameStrategy? strategy)
    {
        strategy = json.TokenType != JsonTokenType.String ? null
            : json.ValueTextEquals("TOPIC_NAME"u8) ? SubjectNameStrategy.Topic
            : json.ValueTextEquals("RECORD_NAME"u8) ? SubjectNameStrategy.Record
            : json.ValueTextEquals("TOPIC_RECORD_NAME"u8) ? SubjectNameStrategy.TopicRecord
            : null;
        return strategy is not null;
    }

    [Flags]
    private enum SchemaMember : byte
    {
        None = 0,
        Subject = 1,
        Strategy = 2,
        Id = 4,
        Version = 8,
        Text = 16,
    }
}
