using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Sluice.Http;

/// <summary>Writes a JSON body. Escapes only what JSON itself asks for, so that URLs and quotes in bodies stay readable: the media type is not HTML.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With the status that the response has.</summary>
    public static async Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = MediaTypes.Json;
        await using (var json = new Utf8JsonWriter(context.Response.BodyWriter, Options))
        {
            JsonSerializer.Serialize(json, body, type);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}

/// <summary>The same as the result of a handler.</summary>
internal sealed class JsonAnswer<T>(T body, JsonTypeInfo<T> type) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => JsonAnswer.WriteAsync(httpContext, body, type);
}
