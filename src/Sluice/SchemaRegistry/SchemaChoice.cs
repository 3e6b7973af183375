using Confluent.SchemaRegistry;

namespace Sluice.SchemaRegistry;

/// <summary>How a record's key or value says which schema it has: by id, by version, with the schema itself, or the subject's latest.</summary>
/// <param name="Type">Of <paramref name="Text"/>; with the other ways the registry knows it.</param>
/// <param name="Subject">Null: <paramref name="Strategy"/> names it.</param>
/// <param name="Strategy">Null: the topic's name.</param>
/// <param name="Id">Of a registered schema.</param>
/// <param name="Version">Under the subject.</param>
/// <param name="Text">The schema itself.</param>
internal sealed record SchemaChoice(SchemaType? Type, string? Subject, SubjectNameStrategy? Strategy, int? Id, int? Version, string? Text)
{
    /// <summary>What contradicts itself, in a sentence; null when nothing does.</summary>
    public string? Problem()
    {
        if (Subject is not null && Strategy is not null)
        {
            return "subject and subject_name_strategy exclude each other.";
        }

        if ((Id is null ? 0 : 1) + (Version is null ? 0 : 1) + (Text is null ? 0 : 1) > 1)
        {
            return "only one of schema_id, schema_version and schema may be given.";
        }

        if (Type is not null && Text is null)
        {
            return "type AVRO, JSONSCHEMA and PROTOBUF goes with schema; leave type out to use schema_id, schema_version or the latest version.";
        }

        if (Type is null && Text is not null)
        {
            return "schema goes with type: AVRO, JSONSCHEMA or PROTOBUF.";
        }

        return Strategy is SubjectNameStrategy.Record or SubjectNameStrategy.TopicRecord && Id is null && Text is null
            ? "subject_name_strategy RECORD_NAME and TOPIC_RECORD_NAME need schema_id or schema; a version has no name without its subject."
            : null;
    }
}
