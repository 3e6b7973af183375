using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.Sts;

namespace Sluice.Http;

/// <summary>Stages 1 and 2 of a request: credentials in, <see cref="Caller"/> as a feature out, or the refusal is answered here.</summary>
internal sealed class AuthenticationStage(GatewayAuthenticator authenticator, RefusalWriter refusals, ILogger<AuthenticationStage> logger)
{
    /// <summary>Everything below these needs a caller; what is not listed is public and must say so where it is mapped.</summary>
    private static readonly PathString[] Protected = ["/kafka", "/v3", "/sluice"];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsProtected(context.Request.Path) || ChecksItself(context.GetEndpoint()))
        {
            await next(context);
            return;
        }

        // What is answered to a credential is its holder's alone (RFC 6750 §5.3).
        context.Response.Headers.CacheControl = "no-store";
        var outcome = await authenticator.AuthenticateAsync(PresentedCredentials.From(context), Plane.Data, context.RequestAborted);
        if (outcome.TryGet(out var caller, out var refusal))
        {
            context.Features.Set(caller);
            await next(context);
            return;
        }

        Log.Refused(logger, refusal.Rule, refusal.Detail, context.TraceIdentifier);
        await refusals.WriteAsync(context, refusal);
    }

    private static bool ChecksItself(Endpoint? endpoint) =>
        endpoint is not null && (endpoint.Metadata.GetMetadata<OwnAuthentication>() is not null || endpoint.Metadata.GetMetadata<NeedsCaller>() is not null);

    private static bool IsProtected(PathString path)
    {
        foreach (var prefix in Protected)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
