using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Cli.Tokens;

/// <summary>Makes the signed statement by which a client authenticates with its key (RFC 7523 §2.2 and §3).</summary>
internal static class ClientAssertions
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <param name="clientId">Issuer and subject.</param>
    /// <param name="audience">The token endpoint, or the issuer.</param>
    /// <param name="key">Signs.</param>
    /// <param name="keyId">For the header; null: the key's own, if it has one.</param>
    /// <param name="algorithm">One of the key's.</param>
    /// <param name="now">The time.</param>
    public static string Create(string clientId, string audience, ClientKey key, string? keyId, string algorithm, DateTimeOffset now)
    {
        // Put together here: the JWT library signs with no Ed25519 key.
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if ((keyId ?? key.KeyId ?? key.Certificate?.Thumbprint) is { } id)
        {
            header["kid"] = id;
        }

        if (key.Certificate is { } certificate)
        {
            // Entra finds the key by its certificate's thumbprint.
            header["x5t"] = Base64Url.EncodeToString(certificate.GetCertHash());
            header["x5t#S256"] = Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256));
        }

        var issued = now.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = audience,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = issued,
            ["nbf"] = issued,
            ["exp"] = issued + (long)Lifetime.TotalSeconds,
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(algorithm, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
