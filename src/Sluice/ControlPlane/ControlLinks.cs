using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>URLs and resource names in control-plane bodies, spelled in one place.</summary>
/// <param name="Gateway">Scheme and authority, such as <c>https://gateway:8082</c>.</param>
/// <param name="Prefix">Empty, or <c>/api</c> for the Confluent CLI.</param>
/// <param name="Authority">Of resource names.</param>
internal readonly record struct ControlLinks(string Gateway, string Prefix, string Authority)
{
    public static ControlLinks For(HttpContext context, ControlOptions options)
    {
        var request = context.Request;
        var gateway = options.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}{request.PathBase}";
        var prefix = request.Path.StartsWithSegments(ControlSurface.CliPrefix, StringComparison.Ordinal) ? ControlSurface.CliPrefix : "";
        return new ControlLinks(gateway, prefix, options.CrnAuthority);
    }

    /// <summary>The absolute URL of a path of this API.</summary>
    public string Url(string path) => $"{Gateway}{Prefix}{path}";

    /// <summary><c>crn://confluent.cloud/organization=…</c> and what follows it.</summary>
    public string Crn(GatewayState state, string rest = "") => $"crn://{Authority}/organization={state.Organization.Id}{rest}";
}
