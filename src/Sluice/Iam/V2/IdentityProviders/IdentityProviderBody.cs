using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityProviders;

internal sealed record IdentityProviderBody(
    string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string DisplayName, string Description, string? IdentityClaim, string State,
    string Issuer, string JwksUri)
{
    public static IdentityProviderBody From(IdentityProvider provider, ControlRequest request) => new(
        "iam/v2",
        "IdentityProvider",
        provider.Id,
        ObjectMeta.Of(
            request.Links.Url($"{IdentityProvidersEndpoints.Path}/{provider.Id}"),
            request.Links.Crn(request.State, $"/identity-provider={provider.Id}"),
            provider.Metadata),
        provider.DisplayName,
        provider.Description,
        provider.IdentityClaim,
        "ENABLED",
        provider.Issuer,
        provider.JwksUri);
}
