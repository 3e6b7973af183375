using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

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
        var headers = new Dictionary<string, object>(StringComparer.Ordinal);
        if (key.Key is X509SecurityKey { Certificate: var certificate })
        {
            // Entra finds the key by its certificate's thumbprint; the library adds the older x5t by itself.
            headers["x5t#S256"] = Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256));
        }

        if (keyId is not null)
        {
            key.Key.KeyId = keyId;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString() },
            AdditionalHeaderClaims = headers,
            SigningCredentials = new SigningCredentials(key.Key, algorithm),
        });
    }
}
