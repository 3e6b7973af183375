using System.Text.Json.Serialization;

namespace Sluice.State;

/// <summary>An OpenID Connect provider whose tokens are accepted (<c>/iam/v2/identity-providers</c>).</summary>
/// <param name="Id">Such as <c>op-a1b2</c>.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Description">For people.</param>
/// <param name="Issuer">Compared with a token's <c>iss</c> byte for byte.</param>
/// <param name="JwksUri">Where the provider's keys are published.</param>
public sealed record IdentityProvider(string Id, string DisplayName, string Description, string Issuer, string JwksUri)
    : IStateResource
{
    /// <summary>Path to the claim that names the caller in audit records when no single pool does; null: <c>claims.sub</c>.</summary>
    public string? IdentityClaim { get; init; }

    /// <summary>When not empty, a token's <c>aud</c> must hold one of these.</summary>
    public IReadOnlyList<string> ExpectedAudiences { get; init; } = [];

    /// <summary>
    /// Further issuers whose tokens count as this provider's, each with its own keys: Entra ID signs for one tenant under two, and a
    /// provider that moves to another name has two for a while.
    /// </summary>
    public IReadOnlyList<TrustedIssuer> OtherIssuers { get; init; } = [];

    [JsonIgnore]
    public ResourceMetadata Metadata { get; init; } = ResourceMetadata.None;

    ResourceKind IStateResource.Kind => ResourceKind.IdentityProvider;

    IStateResource IStateResource.WithMetadata(ResourceMetadata metadata) => this with { Metadata = metadata };

    /// <summary>The JWS algorithms its tokens may be signed with, such as <c>RS256</c>; empty: every public-key algorithm that the gateway knows.</summary>
    public IReadOnlyList<string> AllowedAlgorithms { get; init; } = [];

    /// <summary>Refuse its tokens unless their header says <c>typ: at+jwt</c> (RFC 9068).</summary>
    public bool RequireAccessTokenType { get; init; }
}

/// <summary>An issuer and where its keys are published.</summary>
public sealed record TrustedIssuer(string Issuer, string JwksUri);
