namespace Sluice.SchemaRegistry;

/// <summary>A key or value in its schema's format.</summary>
/// <param name="Bytes">As stored, with the schema's id in front; null for null data.</param>
/// <param name="Schema">What they were encoded with.</param>
/// <param name="Failure">Why there are none; then the other two are null.</param>
internal readonly record struct EncodedData(byte[]? Bytes, ResolvedSchema? Schema, SchemaFailure? Failure)
{
    public static EncodedData Failed(int code, string message) => new(null, null, new SchemaFailure(code, message));
}
