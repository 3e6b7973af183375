using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Confluent.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

/// <summary>Reads a key or value: <c>{"type": …, "data": …}</c>.</summary>
internal static partial class RecordReader
{
    private static bool ReadData(ref Utf8JsonReader json, ReadOnlySpan<byte> buffer, ParsedRecord record, ParsedData data)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            record.FailBadRequest("key and value must be objects, such as {\"type\":\"JSON\",\"data\":{}}.");
            return json.TrySkip();
        }

        var found = default(RawData);
        while (true)
        {
            if (!json.Read())
            {
                return false;
            }

            if (json.TokenType == JsonTokenType.EndObject)
            {
                break;
            }

            if (!ReadDataMember(ref json, record, ref found))
            {
                return false;
            }
        }

        Decode(buffer, record, data, found);
        return true;
    }

    private static bool ReadDataMember(ref Utf8JsonReader json, ParsedRecord record, ref RawData found)
    {
        if (json.ValueTextEquals("data"u8))
        {
            if (!json.Read())
            {
                return false;
            }

            NoteTwice(found.HasData, record);
            found.HasData = true;
            found.Token = json.TokenType;
            found.IsEscaped = json.TokenType == JsonTokenType.String && json.ValueIsEscaped;
            found.Start = (int)json.TokenStartIndex;
            if (!json.TrySkip())
            {
                return false;
            }

            found.Length = (int)json.BytesConsumed - found.Start;
            return true;
        }

        if (json.ValueTextEquals("type"u8))
        {
            if (!json.Read())
            {
                return false;
            }

            NoteTwice(found.Format != DataFormat.None, record);
            return ReadFormat(ref json, record, out found.Format);
        }

        if (SchemaMemberOf(ref json) is var member and not SchemaMember.None)
        {
            return json.Read() && ReadSchemaMember(ref json, record, member, ref found);
        }

        record.Fail(400, Unrecognized(ref json));
        return json.Read() && json.TrySkip();
    }

    private static void NoteTwice(bool already, ParsedRecord record)
    {
        if (already)
        {
            record.FailBadRequest("a member of key or value is given twice.");
        }
    }

    private static bool ReadFormat(ref Utf8JsonReader json, ParsedRecord record, out DataFormat format)
    {
        format = DataFormat.None;
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType == JsonTokenType.String)
        {
            format = json.ValueTextEquals("JSON"u8) ? DataFormat.Json
                : json.ValueTextEquals("STRING"u8) ? DataFormat.String
                : json.ValueTextEquals("BINARY"u8) ? DataFormat.Binary
                : json.ValueTextEquals("AVRO"u8) ? DataFormat.Avro
                : json.ValueTextEquals("JSONSCHEMA"u8) ? DataFormat.JsonSchema
                : json.ValueTextEquals("PROTOBUF"u8) ? DataFormat.Protobuf
                : DataFormat.None;
            if (format != DataFormat.None)
            {
                return true;
            }
        }

        record.FailBadRequest($"type must be {Types(record)}.");
        return json.TrySkip();
    }

    private static void Decode(ReadOnlySpan<byte> buffer, ParsedRecord record, ParsedData data, in RawData found)
    {
        data.Format = found.Format;
        var isNull = !found.HasData || found.Token == JsonTokenType.Null;
        if (found.Format is DataFormat.Avro or DataFormat.JsonSchema or DataFormat.Protobuf
            || (found.Format == DataFormat.None && (found.NamesSchema || record.AllowsSchemas)))
        {
            ChooseSchema(buffer, record, data, found);
            return;
        }

        if (found.NamesSchema)
        {
            record.FailBadRequest("type BINARY, JSON and STRING take no subject, subject_name_strategy, schema, schema_id or schema_version.");
            return;
        }

        if (isNull)
        {
            return;
        }

        switch (found.Format)
        {
            case DataFormat.Json:
                DecodeJson(buffer, data, found);
                break;
            case DataFormat.String when found.Token == JsonTokenType.String:
                DecodeString(buffer, record, data, found);
                break;
            case DataFormat.Binary when found.Token == JsonTokenType.String:
                DecodeBase64(buffer, record, data, found);
                break;
            case DataFormat.None:
                record.FailBadRequest("type is required when data is present: BINARY, JSON or STRING.");
                break;
            default:
                record.FailBadRequest("data must be a string when type is STRING or BINARY.");
                break;
        }
    }

    /// <summary>The text as it came, without white space between tokens: numbers and escapes stay what the client wrote.</summary>
    private static void DecodeJson(ReadOnlySpan<byte> buffer, ParsedData data, in RawData found)
    {
        var text = buffer.Slice(found.Start, found.Length);
        if (found.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || !text.ContainsAny(" \t\r\n"u8))
        {
            data.SetSlice(found.Start, found.Length);
            return;
        }

        var compact = data.Room(text.Length);
        var length = 0;
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (inString)
            {
                if (b == (byte)'\\')
                {
                    compact[length++] = b;
                    b = text[++i];
                }
                else if (b == (byte)'"')
                {
                    inString = false;
                }
            }
            else if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }
            else
            {
                inString = b == (byte)'"';
            }

            compact[length++] = b;
        }

        data.SetDecoded(length);
    }

    private static void DecodeString(ReadOnlySpan<byte> buffer, ParsedRecord record, ParsedData data, in RawData found)
    {
        if (!found.IsEscaped)
        {
            data.SetSlice(found.Start + 1, found.Length - 2);
        }
        else if (TryUnescape(buffer, data, found, out var length))
        {
            data.SetDecoded(length);
        }
        else
        {
            record.FailBadRequest("data holds half of a surrogate pair.");
        }
    }

    private static void DecodeBase64(ReadOnlySpan<byte> buffer, ParsedRecord record, ParsedData data, in RawData found)
    {
        var text = buffer.Slice(found.Start + 1, found.Length - 2);
        var room = data.Room(text.Length);
        if (found.IsEscaped)
        {
            // "\/" is legal JSON for "/".
            if (!TryUnescape(buffer, data, found, out var unescaped))
            {
                record.FailBadRequest("data is not a valid base64 string.");
                return;
            }

            text = room[..unescaped];
        }

        // White space is not of the alphabet, though the decoder would skip it.
        if (text.ContainsAny(" \t\r\n"u8) || !TryFromBase64(text, room, out var length))
        {
            record.FailBadRequest("data is not a valid base64 string.");
            return;
        }

        data.SetDecoded(length);
    }

    private static bool TryFromBase64(ReadOnlySpan<byte> text, Span<byte> room, out int length) =>
        Base64.DecodeFromUtf8(text, room, out var consumed, out length) == OperationStatus.Done && consumed == text.Length;

    private static bool TryUnescape(ReadOnlySpan<byte> buffer, ParsedData data, in RawData found, out int length)
    {
        var json = new Utf8JsonReader(buffer.Slice(found.Start, found.Length));
        json.Read();
        try
        {
            length = json.CopyString(data.Room(found.Length));
            return true;
        }
        catch (InvalidOperationException)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A data object before its bytes are decoded: <c>type</c> may come after <c>data</c>.</summary>
    private struct RawData
    {
        public DataFormat Format;
        public bool HasData;
        public SchemaMember Seen;
        public string? Subject;
        public SubjectNameStrategy? Strategy;
        public int? SchemaId;
        public int? SchemaVersion;
        public string? SchemaText;
        public bool IsEscaped;
        public JsonTokenType Token;
        public int Start;
        public int Length;

        public readonly bool NamesSchema => Subject is not null || Strategy is not null || SchemaId is not null || SchemaVersion is not null || SchemaText is not null;
    }
}
