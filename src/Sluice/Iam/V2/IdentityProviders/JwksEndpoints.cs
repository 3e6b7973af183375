using Sluice.ControlPlane;
using Sluice.Identity;

namespace Sluice.Iam.V2.IdentityProviders;

// A provider's key set
//   PATCH /iam/v2/identity-providers/{provider_id}/jwks  {"spec":{"jwks_status":"REFRESHED"}} fetches the keys now; 422 any other status
// Answers 200 when the fetch fails too: status.jwks_status says INVALID_JWKS_URI or ERROR_FETCHING_JWKS, and keys from before stay in use.

internal static class JwksEndpoints
{
    private const string Refreshed = "REFRESHED";

    public static void MapJwks(this IEndpointRouteBuilder app) =>
        app.MapPatch(IdentityProvidersEndpoints.Path + "/{provider_id}/jwks", RefreshAsync).WithMetadata(NeedsCaller.AnIdentityAdministrator);

    private static async Task<IResult> RefreshAsync(
        ControlRequest request, IProviderKeys keys, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "provider_id")] string providerId)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var wanted = fields.Object("spec", s => s.Required("jwks_status", Limits.Name));
        fields.Ignore("status");
        if (wanted is null && !fields.Has("spec"))
        {
            fields.Problem("spec", $"spec is required: {{\"jwks_status\":\"{Refreshed}\"}}.");
        }

        var problems = fields.Finish();
        if (problems.Count == 0 && wanted != Refreshed)
        {
            problems = [ControlErrors.Invalid("/spec/jwks_status", $"spec.jwks_status must be {Refreshed}, which fetches the keys now.")];
        }

        if (problems.Count > 0)
        {
            return ControlAnswers.Errors(problems);
        }

        return await keys.RefreshAsync(providerId, request.Aborted) is { } status
            ? ControlAnswers.Ok(
                new JwksBody("iam/v2", "Jwks", new JwksSpec(Refreshed), new JwksStatus(status.Status, ObjectMeta.Text(status.LastRefresh))),
                ControlJson.Wire.JwksBody)
            : ControlAnswers.Error(ControlErrors.NotFound("identity provider", providerId));
    }
}

internal sealed record JwksBody(string ApiVersion, string Kind, JwksSpec Spec, JwksStatus Status);

internal sealed record JwksSpec(string JwksStatus);

internal sealed record JwksStatus(
    [property: System.Text.Json.Serialization.JsonPropertyName("jwks_status")] string Status,
    [property: System.Text.Json.Serialization.JsonPropertyName("jwks_last_refresh_at")] string? LastRefreshAt);
