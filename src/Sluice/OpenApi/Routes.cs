using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Sluice.OpenApi;

/// <summary>The routes that a client can use, as the document spells them.</summary>
internal static partial class Routes
{
    /// <summary>Method and path of each; a route for every method counts as GET. Routes excluded from description are left out.</summary>
    public static IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Of(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is not true
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : [HttpMethods.Get]
        select (method, PathOf(endpoint.RoutePattern), endpoint);

    /// <summary><c>/topics/{topic_name}/partitions/{partition_id:int}</c> without the constraint.</summary>
    private static string PathOf(RoutePattern pattern)
    {
        var path = Constraint().Replace(pattern.RawText ?? "", "{${name}}");
        return "/" + path.Trim('/');
    }

    [GeneratedRegex(@"\{\**(?<name>[^:}?=]+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
