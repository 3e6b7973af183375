using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.ControlPlane;

namespace Sluice.Tests.ControlPlane;

/// <summary>What the gateway maps below the control plane's paths, read off its routes: a new one cannot be forgotten.</summary>
internal static class ControlRoutes
{
    /// <summary>Methods and templates, such as <c>GET /iam/v2/users/{id}</c>.</summary>
    public static IReadOnlyList<(string Method, string Template)> Of(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => ControlSurface.Owns("/" + endpoint.RoutePattern.RawText!.TrimStart('/')))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))))
            .Distinct()
            .Order(),
    ];
}
