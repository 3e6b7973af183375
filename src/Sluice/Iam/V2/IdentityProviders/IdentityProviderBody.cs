using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityProviders;

internal sealed record IdentityProviderBody(
    string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string DisplayName, string Description, string? IdentityClaim, string State,
    string Issuer, string JwksUri, IReadOnlyList<JwkBody> Keys, IReadOnlyList<string>? ExpectedAudiences,
    IReadOnlyList<string>? AllowedAlgorithms, bool? RequireAccessTokenType)
{
    /// <param name="provider">The provider.</param>
    /// <param name="keys">Its keys, as far as they have been fetched.</param>
    /// <param name="request">For links.</param>
    public static IdentityProviderBody From(IdentityProvider provider, IProviderKeys keys, ControlRequest request) => new(
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
        provider.JwksUri,
        [.. (keys.StatusOf(provider.Id)?.Keys ?? []).Select(k => new JwkBody(k.KeyType, k.KeyId ?? "", k.Algorithm, "sig"))],
        provider.ExpectedAudiences.Count == 0 ? null : provider.ExpectedAudiences,
        provider.AllowedAlgorithms.Count == 0 ? null : provider.AllowedAlgorithms,
        provider.RequireAccessTokenType ? true : null);
}

/// <summary>A public key in use. Its numbers are at the provider's <c>jwks_uri</c>.</summary>
internal sealed record JwkBody(string Kty, string Kid, string Alg, string Use);
