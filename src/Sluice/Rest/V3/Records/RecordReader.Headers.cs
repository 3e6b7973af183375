using System.Text.Json;
using Sluice.Kafka.Records;

namespace Sluice.Rest.V3.Records;

/// <summary>Reads <c>headers</c>: <c>[{"name": string, "value": base64 or null}]</c>.</summary>
internal static partial class RecordReader
{
    private static bool ReadHeaders(ref Utf8JsonReader json, ParsedRecord record)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            record.FailBadRequest("headers must be an array of {\"name\", \"value\"}.");
            return json.TrySkip();
        }

        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.EndArray)
            {
                return true;
            }

            if (json.TokenType != JsonTokenType.StartObject)
            {
                record.FailBadRequest("headers must be an array of {\"name\", \"value\"}.");
                if (!json.TrySkip())
                {
                    return false;
                }
            }
            else if (!ReadHeader(ref json, record))
            {
                return false;
            }
        }

        return false;
    }

    private static bool ReadHeader(ref Utf8JsonReader json, ParsedRecord record)
    {
        string? name = null;
        byte[]? value = null;
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.EndObject)
            {
                Add(record, name, value);
                return true;
            }

            var isName = json.ValueTextEquals("name"u8);
            if (!isName && !json.ValueTextEquals("value"u8))
            {
                record.Fail(400, Unrecognized(ref json));
                if (!json.Read() || !json.TrySkip())
                {
                    return false;
                }

                continue;
            }

            if (!json.Read())
            {
                return false;
            }

            if (isName && json.TokenType == JsonTokenType.String)
            {
                name = Text(ref json, record);
            }
            else if (!isName && json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out value))
            {
                // Value taken.
            }
            else if (isName || json.TokenType != JsonTokenType.Null)
            {
                record.FailBadRequest(isName ? "a header's name must be a string." : "a header's value is not a valid base64 string.");
                if (!json.TrySkip())
                {
                    return false;
                }
            }
        }

        return false;
    }

    private static void Add(ParsedRecord record, string? name, byte[]? value)
    {
        if (name is null)
        {
            record.FailBadRequest("a header's name is required.");
        }
        else if (record.Headers.Count == MaxHeaders)
        {
            record.FailBadRequest($"a record may have {MaxHeaders} headers at most.");
        }
        else if (record.ErrorCode == 0)
        {
            record.Headers.Add(new RecordHeader(name, value is null ? (ReadOnlyMemory<byte>?)null : value));
        }
    }

    private static string? Text(ref Utf8JsonReader json, ParsedRecord record)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            record.FailBadRequest("a string is not valid Unicode.");
            return "";
        }
    }
}
