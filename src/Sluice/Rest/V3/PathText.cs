using Microsoft.AspNetCore.Http.Features;

namespace Sluice.Rest.V3;

/// <summary>
/// Names in paths, fully decoded. Kestrel leaves an encoded slash as <c>%2F</c>, because it would change the path's segments;
/// groups, members and clients may have slashes in their names, so that a handler wants to see them.
/// </summary>
internal static class PathText
{
    private const string Slash = "%2F";

    /// <summary>Decodes what is left in the route's values.</summary>
    public static void Decode(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is null || !target.Contains(Slash, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // A name may also hold the three characters "%2F" (sent as %252F): what was sent tells the two apart.
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var sent = (query < 0 ? target : target[..query]).Split('/').Select(Uri.UnescapeDataString).ToHashSet(StringComparer.Ordinal);
        var values = context.Request.RouteValues;
        foreach (var (name, value) in values.ToArray())
        {
            if (value is string text && text.Contains(Slash, StringComparison.OrdinalIgnoreCase) && !sent.Contains(text))
            {
                values[name] = text.Replace(Slash, "/", StringComparison.OrdinalIgnoreCase);
            }
        }
    }
}
