using System.Buffers;
using System.Text.Json;

namespace Sluice.Http;

/// <summary>Reads a small JSON request body (administration; records have their own, streaming way in).</summary>
internal static class JsonBody
{
    /// <summary>Largest body of an administrative request, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Deepest nesting of an administrative body.</summary>
    public const int MaxDepth = 64;

    /// <summary>The body's JSON object.</summary>
    /// <returns>
    /// The object, or: 415 wrong media type, 413 too large, 422/42206 with <paramref name="emptyText"/> when there is no body or it is
    /// <c>null</c>, 400 when it is not a JSON object.
    /// </returns>
    public static async ValueTask<(JsonElement Object, GatewayError Error)> ReadObjectAsync(
        HttpContext context, string emptyText, int maxBytes = MaxBytes, int maxDepth = MaxDepth)
    {
        if (!MediaTypes.IsJson(context.Request))
        {
            return (default, Errors.UnsupportedMediaType);
        }

        var reader = context.Request.BodyReader;
        if (context.Request.ContentLength > maxBytes)
        {
            await DiscardAsync(reader, context.RequestAborted);
            return (default, Errors.BodyTooLarge(maxBytes));
        }

        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                await DiscardAsync(reader, context.RequestAborted);
                return (default, Errors.BodyTooLarge(maxBytes));
            }

            if (read.IsCompleted)
            {
                var result = Parse(read.Buffer, emptyText, maxDepth);
                reader.AdvanceTo(read.Buffer.End);
                return result;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>
    /// Reads the rest and forgets it: most clients look for the answer only when they have sent all, and would see a broken connection instead.
    /// Kestrel's own limit ends it (413 too).
    /// </summary>
    private static async ValueTask DiscardAsync(System.IO.Pipelines.PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static (JsonElement Object, GatewayError Error) Parse(ReadOnlySequence<byte> body, string emptyText, int maxDepth)
    {
        if (IsBlank(body))
        {
            return (default, Errors.Payload(emptyText));
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            ReadAllText(document.RootElement);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => (document.RootElement.Clone(), default),
                JsonValueKind.Null => (default, Errors.Payload(emptyText)),
                var kind => (default, Errors.BadRequest($"The request body must be a JSON object, not {BodyFields.Describe(kind)}")),
            };
        }
        catch (JsonException problem)
        {
            return (default, Errors.BadRequest(JsonProblem.Describe(problem)));
        }
        catch (InvalidOperationException)
        {
            return (default, Errors.BadRequest("Malformed JSON: a string is not valid Unicode (broken UTF-8, or half of a surrogate pair)"));
        }
    }

    /// <summary>Decodes every string once, here, so that none can throw later: the parser itself does not look into them.</summary>
    private static void ReadAllText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAllText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAllText(property.Value);
                }

                break;
            default:
                break;
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> body)
    {
        foreach (var segment in body)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r\n"u8))
            {
                return false;
            }
        }

        return true;
    }
}
