using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Sluice.Rest.V3.Records;

internal enum ReadOutcome
{
    /// <summary>A whole record was cut off; it may have an error of its own.</summary>
    Complete,

    /// <summary>The buffer ends inside the record.</summary>
    NeedMore,

    /// <summary>Not JSON: where the next record would start is unknown.</summary>
    Malformed,
}

/// <summary>Cuts one record off the front of a request body and reads it.</summary>
/// <remarks>
/// HOT: runs once for each record; RecordReaderAllocationTests holds it at zero bytes for records without headers.
/// What it finds points into the buffer: use it before the buffer goes.
/// </remarks>
internal static partial class RecordReader
{
    /// <summary>Deepest nesting of a record's JSON.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most headers of one record.</summary>
    public const int MaxHeaders = 1000;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <param name="buffer">Starts at the record; may hold more behind it.</param>
    /// <param name="isFinal">True when nothing can come after the buffer.</param>
    /// <param name="record">Receives what was read.</param>
    /// <param name="consumed">On <see cref="ReadOutcome.Complete"/>: the record's length.</param>
    public static ReadOutcome TryRead(ReadOnlySpan<byte> buffer, bool isFinal, ParsedRecord record, out int consumed)
    {
        record.Reset();
        consumed = 0;
        var json = new Utf8JsonReader(buffer, isFinal, new JsonReaderState(Options));
        try
        {
            if (!json.Read() || !ReadRecord(ref json, buffer, record))
            {
                return ReadOutcome.NeedMore;
            }
        }
        catch (JsonException problem)
        {
            record.Reset();
            record.FailBadRequest(Http.JsonProblem.Describe(problem));
            return ReadOutcome.Malformed;
        }

        consumed = (int)json.BytesConsumed;
        if (!Utf8.IsValid(buffer[..consumed]))
        {
            record.FailBadRequest("the record is not valid UTF-8.");
        }

        return ReadOutcome.Complete;
    }

    /// <returns>False when the buffer ends first.</returns>
    private static bool ReadRecord(ref Utf8JsonReader json, ReadOnlySpan<byte> buffer, ParsedRecord record)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            record.FailBadRequest("a record must be a JSON object.");
            return json.TrySkip();
        }

        var seen = Members.None;
        while (true)
        {
            if (!json.Read())
            {
                return false;
            }

            if (json.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var member = MemberOf(ref json, record);
            if (member != Members.None && (seen & member) != Members.None)
            {
                record.FailBadRequest("a member of the record is given twice.");
            }

            seen |= member;
            if (!json.Read())
            {
                return false;
            }

            var wasWrong = record.ErrorCode != 0;
            var complete = member switch
            {
                Members.Key => ReadData(ref json, buffer, record, record.Key),
                Members.Value => ReadData(ref json, buffer, record, record.Value),
                Members.Headers => ReadHeaders(ref json, record),
                Members.Partition => ReadPartition(ref json, record),
                Members.Timestamp => ReadTimestamp(ref json, record),
                _ => json.TrySkip(),
            };
            if (!complete)
            {
                return false;
            }

            record.IsErrorInData |= !wasWrong && record.ErrorCode != 0 && (member is Members.Key or Members.Value);
        }
    }

    private static Members MemberOf(ref Utf8JsonReader json, ParsedRecord record)
    {
        if (json.ValueTextEquals("value"u8))
        {
            return Members.Value;
        }

        if (json.ValueTextEquals("key"u8))
        {
            return Members.Key;
        }

        if (json.ValueTextEquals("partition_id"u8))
        {
            return Members.Partition;
        }

        if (json.ValueTextEquals("headers"u8))
        {
            return Members.Headers;
        }

        if (json.ValueTextEquals("timestamp"u8))
        {
            return Members.Timestamp;
        }

        record.Fail(400, Unrecognized(ref json));
        return Members.None;
    }

    private static bool ReadPartition(ref Utf8JsonReader json, ParsedRecord record)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var partition))
        {
            record.FailBadRequest("partition_id must be a whole number between 0 and 2147483647, or null.");
            return json.TrySkip();
        }

        if (partition < 0)
        {
            record.Fail(40402, "Partition not found: partition_id must not be negative.");
        }

        record.Partition = partition;
        return true;
    }

    private static bool ReadTimestamp(ref Utf8JsonReader json, ParsedRecord record)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return true;

            case JsonTokenType.String when HasZone(json.ValueSpan) && json.TryGetDateTimeOffset(out var time) && time >= DateTimeOffset.UnixEpoch:
                record.Timestamp = time.ToUnixTimeMilliseconds();
                return true;

            // A bare number is seconds since the epoch, as the proxy reads it.
            case JsonTokenType.Number when json.TryGetDecimal(out var seconds) && seconds is >= 0 and <= 253402300799:
                record.Timestamp = (long)(seconds * 1000);
                return true;

            default:
                record.FailBadRequest("timestamp must be an RFC 3339 time with a zone, not before 1970, such as 2026-01-31T12:00:00.000Z.");
                return json.TrySkip();
        }
    }

    private static bool HasZone(ReadOnlySpan<byte> text) => text.Length > 11 && (text[^1] == (byte)'Z' || text[10..].ContainsAny("+-"u8));

    private static string Unrecognized(ref Utf8JsonReader json)
    {
        // The name is the client's: cut it short, and take care, for it may not even be Unicode.
        var name = Utf8.IsValid(json.ValueSpan) ? System.Text.Encoding.UTF8.GetString(json.ValueSpan[..Math.Min(64, json.ValueSpan.Length)]) : "?";
        return string.Create(CultureInfo.InvariantCulture, $"Unrecognized field \"{name}\"");
    }

    [Flags]
    private enum Members
    {
        None = 0,
        Key = 1,
        Value = 2,
        Headers = 4,
        Partition = 8,
        Timestamp = 16,
    }
}
