using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Http;

namespace Sluice.Rest.V3.Records;

/// <summary>Answers a batch: its reports, sorted into successes and failures and given back their ids.</summary>
/// <param name="ids">Of the entries, in order.</param>
/// <param name="reports">As a stream reports: one JSON object for each entry, in order. Fewer when the stream was closed: the last one says why.</param>
internal sealed class BatchResult(IReadOnlyList<string> ids, byte[] reports) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status207MultiStatus;
        httpContext.Response.ContentType = MediaTypes.Json;
        var answers = Split(reports);
        var withIds = ids.Select((id, i) => (Id: id, Report: answers[Math.Min(i, answers.Count - 1)])).ToLookup(r => IsSuccess(r.Report));
        await using (var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, Options))
        {
            json.WriteStartObject();
            Write(json, "successes", withIds[true], hasCode: false);
            Write(json, "failures", withIds[false], hasCode: true);
            json.WriteEndObject();
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<(string Id, JsonElement Report)> reports, bool hasCode)
    {
        json.WriteStartArray(name);
        foreach (var (id, report) in reports)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            foreach (var property in report.EnumerateObject().Where(p => hasCode || !p.NameEquals("error_code"u8)))
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsSuccess(JsonElement report) => report.GetProperty("error_code"u8).GetInt32() == 200;

    private static List<JsonElement> Split(ReadOnlySpan<byte> text)
    {
        var found = new List<JsonElement>();
        while (text.IndexOf("\r\n"u8) is var end and > 0)
        {
            var json = new Utf8JsonReader(text[..end]);
            found.Add(JsonElement.ParseValue(ref json));
            text = text[(end + 2)..];
        }

        return found;
    }
}
