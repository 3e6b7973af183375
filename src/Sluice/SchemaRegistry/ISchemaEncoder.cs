using System.Buffers;

namespace Sluice.SchemaRegistry;

/// <summary>Turns JSON into the bytes of one schema. Safe for use by many threads at once.</summary>
internal interface ISchemaEncoder
{
    /// <summary>Full name of the record, message or title: what RECORD_NAME puts into a subject. Null: it has none.</summary>
    string? RecordName { get; }

    /// <summary>Whether null data fits the schema.</summary>
    bool AdmitsNull { get; }

    /// <param name="json">One JSON value, UTF-8; not null.</param>
    /// <param name="output">Receives what comes after the schema's id.</param>
    /// <exception cref="SchemaException">It does not fit.</exception>
    void Encode(ReadOnlyMemory<byte> json, IBufferWriter<byte> output);
}
