using Microsoft.Extensions.Options;
using Sluice.Identity;
using Sluice.State;
using Sluice.Sts;

namespace Sluice.ControlPlane;

/// <summary>
/// What control-plane requests go through between routing and the handler: a request id, then credentials, then whether they may use the route
/// (<see cref="NeedsCaller"/>).
/// </summary>
internal sealed class ControlStage(
    GatewayAuthenticator authenticator, RateLimits limits, IStateSource state, IOptions<ControlOptions> options, ILogger<ControlStage> logger)
{
    public const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!ControlSurface.Owns(context.Request.Path))
        {
            await next(context);
            return;
        }

        context.TraceIdentifier = Guid.NewGuid().ToString();
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;

        // What is answered to a credential is its holder's alone; public routes say otherwise themselves.
        context.Response.Headers.CacheControl = "no-store";
        var needs = context.GetEndpoint()?.Metadata.GetMetadata<NeedsCaller>();
        var error = needs is null ? null : await CheckAsync(context, needs);
        var turn = limits.Take(context.Features.Get<Caller>()?.Principals[0] ?? context.Connection.RemoteIpAddress?.ToString() ?? "");
        context.Features.Set(turn);
        turn.Write(context.Response.Headers);
        error = turn.IsAllowed ? error : ControlErrors.TooManyRequests(turn);
        if (error is not null)
        {
            await ControlErrorResult.WriteAsync(context, [error]);
            return;
        }

        try
        {
            await next(context);
        }
        catch (StateUnavailableException failure) when (!context.Response.HasStarted)
        {
            Log.StateUnavailable(logger, failure, context.TraceIdentifier);
            context.Response.Headers.RetryAfter = "5";
            await ControlErrorResult.WriteAsync(
                context, [new ControlError(503, "unavailable", "Unavailable", "The change log cannot be written now. Nothing has changed; try again.")]);
        }
    }

    private async Task<ControlError?> CheckAsync(HttpContext context, NeedsCaller needs)
    {
        var credentials = PresentedCredentials.From(context);
        var outcome = await authenticator.AuthenticateAsync(credentials, Plane.Control, context.RequestAborted);
        if (!outcome.TryGet(out var caller, out var refusal))
        {
            Log.Refused(logger, refusal.Rule, refusal.Detail, context.TraceIdentifier);
            return refusal.Rule switch
            {
                RefusalRule.NoCredentials => ControlErrors.Unauthenticated,
                RefusalRule.KeysUnavailable => new(503, "unavailable", "Unavailable", "The identity provider's keys cannot be fetched now. Try again."),
                _ => ControlErrors.BadCredentials,
            };
        }

        if (caller.ResourceId is { } only && only != ApiKey.Cloud)
        {
            return ControlErrors.KeyForOtherResource(only);
        }

        context.Features.Set(caller);
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return ControlAccess.Of(state.Current, options.Value, caller.Principals).Refusal(needs, isRead);
    }
}
