using Sluice.Kafka.Records;

namespace Sluice.Rest.V3.Records;

/// <summary>One record as it was read: reused for every record of a request.</summary>
internal sealed class ParsedRecord : IDisposable
{
    public ParsedData Key { get; } = new();

    public ParsedData Value { get; } = new();

    /// <summary>Whether there is a Schema Registry: then <c>type</c> may be a schema's, or missing.</summary>
    public bool AllowsSchemas { get; init; }

    /// <summary>Whether key or value has yet to be encoded with a schema.</summary>
    public bool NeedsSchemas => Key.Choice is not null || Value.Choice is not null;

    public List<RecordHeader> Headers { get; } = [];

    public int? Partition { get; set; }

    /// <summary>Milliseconds since the epoch.</summary>
    public long? Timestamp { get; set; }

    /// <summary>0 while nothing is wrong.</summary>
    public int ErrorCode { get; private set; }

    public string? ErrorMessage { get; private set; }

    /// <summary>Whether what is wrong is in key or value; otherwise it is in the record around them.</summary>
    public bool IsErrorInData { get; set; }

    /// <summary>Remembers what is wrong, unless something is already.</summary>
    public void Fail(int code, string message)
    {
        if (ErrorCode == 0)
        {
            ErrorCode = code;
            ErrorMessage = message;
        }
    }

    public void FailBadRequest(string detail) => Fail(400, $"Bad Request: {detail}");

    public void Reset()
    {
        Key.Reset();
        Value.Reset();
        Headers.Clear();
        Partition = null;
        Timestamp = null;
        ErrorCode = 0;
        ErrorMessage = null;
        IsErrorInData = false;
    }

    public void Dispose()
    {
        Key.Dispose();
        Value.Dispose();
    }
}
