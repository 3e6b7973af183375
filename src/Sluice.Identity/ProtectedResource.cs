using System.Text.Json.Serialization;
using Sluice.Identity.Tokens;
using Sluice.State;

namespace Sluice.Identity;

/// <summary>
/// What this gateway says about itself as an OAuth 2.0 protected resource (RFC 9728 §2); served at
/// <c>/.well-known/oauth-protected-resource</c>.
/// </summary>
public sealed record ProtectedResource
{
    /// <summary>Where it is served (RFC 9728 §3.1).</summary>
    public const string WellKnownPath = "/.well-known/oauth-protected-resource";

    [JsonPropertyName("resource")]
    public required string Resource { get; init; }

    /// <summary>The trusted issuers; null unless <see cref="IdentityOptions.ListAuthorizationServers"/>.</summary>
    [JsonPropertyName("authorization_servers")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AuthorizationServers { get; init; }

    /// <summary>Scopes to ask an authorization server for; null unless <see cref="IdentityOptions.Scopes"/> has some (§3.2: no empty arrays).</summary>
    [JsonPropertyName("scopes_supported")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Scopes { get; init; }

    [JsonPropertyName("bearer_methods_supported")]
    public IReadOnlyList<string> BearerMethods { get; } = ["header"];

    [JsonPropertyName("tls_client_certificate_bound_access_tokens")]
    public bool CertificateBoundTokens { get; } = true;

    [JsonPropertyName("dpop_signing_alg_values_supported")]
    public IReadOnlyList<string> DpopAlgorithms { get; } = [.. SignatureAlgorithm.All.Select(algorithm => algorithm.Name)];

    [JsonPropertyName("resource_name")]
    public string ResourceName { get; } = "Sluice, a Kafka REST gateway";

    /// <summary>The document for <paramref name="resource"/>, a URL of this gateway.</summary>
    public static ProtectedResource From(IdentityOptions options, GatewayState state, string resource) => new()
    {
        Resource = resource,
        AuthorizationServers = options.ListAuthorizationServers
            && state.IdentityProviders.Values.SelectMany(Issuers).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } issuers
            ? issuers
            : null,
        Scopes = options.Scopes.Count > 0 ? [.. options.Scopes.Distinct(StringComparer.Ordinal)] : null,
    };

    /// <summary>
    /// Where the document is (RFC 9728 §3.1: inserted between host and path), for challenges; null when no public URL is configured.
    /// </summary>
    public static string? MetadataUrl(IdentityOptions options) =>
        options.PublicUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? $"{parsed.Scheme}://{parsed.Authority}{WellKnownPath}{parsed.AbsolutePath.TrimEnd('/')}"
            : null;

    private static IEnumerable<string> Issuers(IdentityProvider provider) => provider.OtherIssuers.Select(other => other.Issuer).Prepend(provider.Issuer);
}
