using System.Text.Json;
using Microsoft.Extensions.Options;
using Sluice.ControlPlane;
using Sluice.Http;
using Sluice.Identity;
using Sluice.State;
using Sluice.Sts;

namespace Sluice.Explain;

// Explain
//   POST /sluice/v1/tokens:explain   why a token is let in or refused
//        {"token": …, "pool_id": "pool-a,pool-b", "operation": "WRITE", "resource": {"resource_type": "TOPIC", "resource_name": "orders", "cluster_id": "lkc-1"},
//         "client_address": "10.1.2.3"}
//        All optional but the token, which is optional for the one who authenticates with it; cluster_id where there are several clusters; client_address is for ACLs
//        with a host.
//   An administrator may ask about any token. Others may ask about the one they authenticate with, if a trusted provider signed it: it may
//   be expired or match no pool. The gateway's own tokens (/sts/v1/oauth2/token) are explained as well. 200 with the explanation, accepted or not; 401 and 403 as everywhere.

internal static class TokensEndpoint
{
    public const string Path = "/sluice/v1/tokens:explain";

    public static void MapTokenExplain(this IEndpointRouteBuilder app) =>
        app.MapPost(Path, ExplainAsync).WithMetadata(OwnAuthentication.Instance);

    private static async Task<IResult> ExplainAsync(
        HttpContext context, GatewayAuthenticator authenticator, GatewayTokenExplainer explainer, RefusalWriter refusals, RefusalAnswers answers, IStateSource state,
        IOptions<ControlOptions> control, IOptions<IdentityOptions> identity, AccessExplainer accesses)
    {
        // Never kept by anything on the way: it tells about credentials.
        context.Response.Headers.CacheControl = "no-store";

        var credentials = PresentedCredentials.From(context);
        var outcome = await authenticator.AuthenticateAsync(credentials, Plane.Control, context.RequestAborted);
        var isCaller = outcome.TryGet(out var caller, out var refusal);
        var own = OwnToken(credentials);
        if (!isCaller && (own is null || refusal!.Rule is RefusalRule.MalformedRequest))
        {
            return refusals.For(refusal!);
        }

        var isAdministrator = isCaller
            && caller!.ResourceId is null or ApiKey.Cloud
            && ControlAccess.Of(state.Current, control.Value, caller!.Principals).AdministersAll;

        // A caller who is no one yet gets its answer before its body is looked at, unless its token is genuine.
        if (!isCaller && !(await explainer.ExplainAsync(own!, null, context.RequestAborted)).IsAuthentic)
        {
            return refusals.For(refusal!);
        }

        var (body, error) = await ReadAsync(context, own is not null);
        if (!error.IsNone)
        {
            return new ErrorResult(error);
        }

        var question = ExplainRequest.Read(body, own, out error);
        if (!error.IsNone)
        {
            return new ErrorResult(error);
        }

        if (!isAdministrator && question.Token != own)
        {
            return new ErrorResult(new GatewayError(
                403, 40301, "Only an administrator may have another token explained than the one the request is authenticated with."));
        }

        if (!isAdministrator && !identity.Value.ExplainToCallers)
        {
            return new ErrorResult(new GatewayError(
                403, 40301, "Explanations are for administrators only (Sluice:Identity:ExplainToCallers is off)."));
        }

        var pools = question.PoolId ?? HeaderPools(credentials, question.Token == own);
        var explanation = await explainer.ExplainAsync(question.Token, pools, context.RequestAborted);
        (var access, error) = await accesses.ExplainAsync(
            question, explanation, question.ClientAddress ?? (question.Token == own ? context.Connection.RemoteIpAddress : null), context.RequestAborted);
        return !error.IsNone ? new ErrorResult(error) : TypedResults.Json(
            ExplanationBody.From(explanation, access, state.Current, answers, control.Value), ExplainJson.Wire.ExplanationBody, MediaTypes.Json);
    }

    // Without a body the question is about the caller's own token.
    private static async ValueTask<(JsonElement Object, GatewayError Error)> ReadAsync(HttpContext context, bool mayBeEmpty)
    {
        if (mayBeEmpty && context.Request.ContentLength is 0 or null && !context.Request.Headers.ContainsKey("Transfer-Encoding"))
        {
            return (JsonElement.Parse("{}"), default);
        }

        return await JsonBody.ReadObjectAsync(context, "The body must be an object with the token to explain.");
    }

    private static string? OwnToken(in PresentedCredentials credentials)
    {
        if (credentials.Authorization.Count != 1 || credentials.Authorization[0] is not { } field)
        {
            return null;
        }

        var space = field.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && (field.AsSpan(0, space).Equals("Bearer", StringComparison.OrdinalIgnoreCase)
                || field.AsSpan(0, space).Equals("DPoP", StringComparison.OrdinalIgnoreCase))
            ? field[space..].Trim(' ')
            : null;
    }

    private static string? HeaderPools(in PresentedCredentials credentials, bool isOwn) =>
        isOwn && credentials.IdentityPoolIds.Count > 0 ? string.Join(',', credentials.IdentityPoolIds.ToArray()) : null;
}
