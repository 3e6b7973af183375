using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Sluice.Http;
using Sluice.Identity;
using Sluice.State;

namespace Sluice.WellKnown;

// This gateway as an OAuth 2.0 protected resource (RFC 9728)
//   GET /.well-known/oauth-protected-resource          public
//   GET /.well-known/oauth-protected-resource/{path}   the same for a resource with a path, such as …/kafka/v3 (§3.1)

internal static class ProtectedResourceEndpoint
{
    private static readonly PathString[] Resources = ["/kafka", "/v3", "/sluice"];

    public static void MapProtectedResource(this IEndpointRouteBuilder app)
    {
        app.MapGet(ProtectedResource.WellKnownPath, (HttpContext context, IOptions<IdentityOptions> options, IStateSource state) => Answer(context, options.Value, state, ""));
        app.MapGet(
            ProtectedResource.WellKnownPath + "/{**path}",
            IResult (HttpContext context, IOptions<IdentityOptions> options, IStateSource state, string path) =>
                IsResource(options.Value, $"/{path}") ? Answer(context, options.Value, state, $"/{path}") : new ErrorResult(Errors.NotFound));
    }

    private static bool IsResource(IdentityOptions options, PathString path) =>
        Array.Exists(Resources, resource => path.StartsWithSegments(resource, StringComparison.Ordinal)) || path.Value == PublicPath(options);

    private static string PublicPath(IdentityOptions options) =>
        options.PublicUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? parsed.AbsolutePath.TrimEnd('/') : "";

    // §3.3: what the document says must be what its address was made from.
    private static JsonHttpResult<ProtectedResource> Answer(HttpContext context, IdentityOptions options, IStateSource state, string path)
    {
        // What it says changes with settings and providers only.
        context.Response.Headers.CacheControl = "public, max-age=300";
        var request = context.Request;
        var origin = options.PublicUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? parsed.GetLeftPart(UriPartial.Authority)
            : $"{request.Scheme}://{request.Host}{request.PathBase}";
        var resource = path.Length == 0 && PublicPath(options) is { Length: > 0 } own ? own : path;
        return TypedResults.Json(
            ProtectedResource.From(options, state.Current, origin + resource), ProtectedResourceJson.Default.ProtectedResource, MediaTypes.Json);
    }
}

[JsonSerializable(typeof(ProtectedResource))]
internal sealed partial class ProtectedResourceJson : JsonSerializerContext;
