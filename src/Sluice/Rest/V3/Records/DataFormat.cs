using Confluent.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

/// <summary>How a record's key or value is written in JSON: the <c>type</c> of a data object.</summary>
internal enum DataFormat : byte
{
    /// <summary>No <c>type</c> was given.</summary>
    None,

    /// <summary>Bytes, as base64 with the standard alphabet.</summary>
    Binary,

    /// <summary>Any JSON value, stored compactly.</summary>
    Json,

    /// <summary>A string, stored as UTF-8.</summary>
    String,
    Avro,
    JsonSchema,
    Protobuf,
}

internal static class DataFormats
{
    public static DataFormat Of(SchemaType type) => type switch
    {
        SchemaType.Avro => DataFormat.Avro,
        SchemaType.Json => DataFormat.JsonSchema,
        _ => DataFormat.Protobuf,
    };

    /// <returns>Null for the formats without a schema.</returns>
    public static SchemaType? Type(DataFormat format) => format switch
    {
        DataFormat.Avro => SchemaType.Avro,
        DataFormat.JsonSchema => SchemaType.Json,
        DataFormat.Protobuf => SchemaType.Protobuf,
        _ => null,
    };
}
