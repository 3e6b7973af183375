using System.Buffers;
using System.Text.Json;
using Sluice.Http;
using Sluice.Kafka.Records;
using Sluice.SchemaRegistry;

namespace Sluice.Rest.V3.Records;

/// <summary>What a report says of a key or value: its format and its size as stored, and the schema it was encoded with, if any.</summary>
internal readonly record struct DataSummary(DataFormat Format, int Size, ResolvedSchema? Schema = null);

/// <summary>Writes delivery reports, each followed by CR LF. Absent members are left out, never null.</summary>
/// <remarks>HOT: runs once for each record.</remarks>
internal sealed class ReportWriter(string clusterId, string topic) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonEncodedText ErrorCode = JsonEncodedText.Encode("error_code");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText ClusterId = JsonEncodedText.Encode("cluster_id");
    private static readonly JsonEncodedText TopicNameText = JsonEncodedText.Encode("topic_name");
    private static readonly JsonEncodedText PartitionId = JsonEncodedText.Encode("partition_id");
    private static readonly JsonEncodedText Offset = JsonEncodedText.Encode("offset");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Size = JsonEncodedText.Encode("size");
    private static readonly JsonEncodedText Subject = JsonEncodedText.Encode("subject");
    private static readonly JsonEncodedText SchemaId = JsonEncodedText.Encode("schema_id");
    private static readonly JsonEncodedText SchemaVersion = JsonEncodedText.Encode("schema_version");
    private static readonly JsonEncodedText[] Formats = [.. new[] { "", "BINARY", "JSON", "STRING", "AVRO", "JSONSCHEMA", "PROTOBUF" }.Select(f => JsonEncodedText.Encode(f))];

    private readonly JsonEncodedText _clusterId = JsonEncodedText.Encode(clusterId);
    private readonly JsonEncodedText _topic = JsonEncodedText.Encode(topic);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    public void Write(IBufferWriter<byte> output, in DeliveryReport report, DataSummary key, DataSummary value)
    {
        if (!report.IsSuccess)
        {
            var error = KafkaErrors.ToGateway(report.Error);
            WriteError(output, error.Code, error.Message);
            return;
        }

        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteNumber(ErrorCode, 200);
        _json.WriteString(ClusterId, _clusterId);
        _json.WriteString(TopicNameText, _topic);
        _json.WriteNumber(PartitionId, report.Partition);
        _json.WriteNumber(Offset, report.Offset);
        WriteTimestamp(report.Timestamp);
        WriteData(Key, key);
        WriteData(Value, value);
        End(output);
    }

    public void WriteError(IBufferWriter<byte> output, int code, string message)
    {
        var lineEnd = message.AsSpan().IndexOfAny('\r', '\n');
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteNumber(ErrorCode, code);
        _json.WriteString(Message, lineEnd < 0 ? message : message.AsSpan(0, lineEnd));
        End(output);
    }

    public void Dispose() => _json.Dispose();

    private void WriteData(JsonEncodedText name, DataSummary data)
    {
        if (data.Format == DataFormat.None)
        {
            return;
        }

        _json.WriteStartObject(name);
        _json.WriteString(Type, Formats[(int)data.Format]);
        _json.WriteNumber(Size, data.Size);
        if (data.Schema is { } schema)
        {
            _json.WriteString(Subject, schema.Subject);
            _json.WriteNumber(SchemaId, schema.Id);
            _json.WriteNumber(SchemaVersion, schema.Version);
        }

        _json.WriteEndObject();
    }

    /// <summary>RFC 3339, the fraction only when there is one.</summary>
    private void WriteTimestamp(long milliseconds)
    {
        if (milliseconds is < 0 or > 253402300799999)
        {
            return;
        }

        Span<byte> text = stackalloc byte[32];
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        time.TryFormat(text, out var length, milliseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'");
        _json.WriteString(Timestamp, text[..length]);
    }

    private void End(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\r\n"u8);
    }
}
