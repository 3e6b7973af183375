namespace Sluice.Testing.Specs;

/// <summary>What a client saw: the request's line and the whole answer.</summary>
/// <param name="Path">Without host and query, percent-encoded as sent.</param>
/// <param name="MediaType">Of the answer; null when it has no body.</param>
/// <param name="Headers">Names of the answer's headers.</param>
public sealed record SpecExchange(
    string Method, string Path, int Status, string? MediaType, string Body, IReadOnlySet<string> Headers)
{
    public static async Task<SpecExchange> FromAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        From(response, await response.Content.ReadAsStringAsync(cancellationToken));

    public static SpecExchange From(HttpResponseMessage response, string body) => new(
        response.RequestMessage!.Method.Method,
        response.RequestMessage.RequestUri!.AbsolutePath,
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        body,
        response.Headers.Concat(response.Content.Headers).Select(static header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public override string ToString() =>
        $"{Method} {Path} answered {Status} {MediaType}: {(Body.Length > 2000 ? string.Concat(Body.AsSpan(0, 2000), "…") : Body)}";
}
