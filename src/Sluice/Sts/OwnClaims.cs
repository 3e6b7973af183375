using System.Text.Json.Serialization;

namespace Sluice.Sts;

/// <summary>The claims of a token that this gateway signs (RFC 9068 where it applies).</summary>
internal sealed record OwnClaims
{
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>The pool, service account or user it acts as.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    [JsonPropertyName("client_id")]
    public required string ClientId { get; init; }

    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("exp")]
    public required long Expires { get; init; }

    [JsonPropertyName("jti")]
    public required string Id { get; init; }

    [JsonPropertyName("token_use")]
    public required TokenUse Use { get; init; }

    /// <summary>
    /// A digest of what it rests on: the API key's hash, or the pool's filter and provider. When that changes, the token is refused.
    /// </summary>
    [JsonPropertyName("rests_on")]
    public required string RestsOn { get; init; }

    /// <summary>Exchange: the caller's name at its provider.</summary>
    [JsonPropertyName("external_identity")]
    public string? ExternalIdentity { get; init; }

    /// <summary>Session, data plane: the login it belongs to.</summary>
    [JsonPropertyName("sid")]
    public string? SessionId { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OwnClaims))]
internal sealed partial class OwnClaimsJson : JsonSerializerContext;
