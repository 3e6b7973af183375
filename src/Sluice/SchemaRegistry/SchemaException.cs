namespace Sluice.SchemaRegistry;

/// <summary>Travels inside this folder only: <see cref="SchemaCatalog"/> turns it into a <see cref="SchemaFailure"/>.</summary>
internal sealed class SchemaException(int code, string message) : Exception(message)
{
    /// <summary>The schema itself is no good.</summary>
    public const int InvalidSchema = 42205;

    /// <summary>The data does not fit its schema, or the registry does not answer as hoped.</summary>
    public const int Serialization = 42207;

    public int Code => code;

    public static SchemaException Invalid(string detail) => new(InvalidSchema, $"Invalid schema. {detail}");

    public static SchemaException NotEncodable(string detail) => new(Serialization, $"Error serializing message. {detail}");
}

/// <summary>Why a key or value has no bytes, for its delivery report.</summary>
internal readonly record struct SchemaFailure(int Code, string Message);
