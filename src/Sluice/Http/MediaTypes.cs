using Microsoft.Net.Http.Headers;

namespace Sluice.Http;

/// <summary>What may come in and what goes out on the v3 surface: <c>application/json</c> only.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>True for JSON in UTF-8, and for no <c>Content-Type</c> at all (taken as JSON: kinder than a refusal).</summary>
    public static bool IsJson(HttpRequest request)
    {
        if (request.ContentType is not { Length: > 0 } contentType || contentType == Json)
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True when the client takes JSON: no <c>Accept</c>, or a range with q > 0 that holds it (RFC 9110 §12.5.1).</summary>
    public static bool AcceptsJson(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is "*/*" or Json or ""))
        {
            return true;
        }

        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return true; // Not a list of media ranges: ignoring it serves the client better than refusing.
        }

        // The most specific range that holds JSON decides.
        var best = ranges
            .Where(r => r.MatchesAllTypes || r.MediaType == Json || (r.Type == "application" && r.MatchesAllSubTypes))
            .OrderByDescending(r => r.MatchesAllTypes ? 0 : r.MatchesAllSubTypes ? 1 : 2)
            .FirstOrDefault();
        return best is not null && best.Quality is not 0;
    }

    /// <summary>The charset that a JSON body says it is in, in lower case; empty when it does not say.</summary>
    public static string Charset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.Charset.ToString().Trim('"').ToLowerInvariant() : "";
}
