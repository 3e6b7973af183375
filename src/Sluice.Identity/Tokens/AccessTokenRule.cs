using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Tells access tokens from the other JWTs that an issuer signs with the same key: ID tokens (OpenID Connect Core §2), signed userinfo (§5.3.2),
/// introspection answers (RFC 9701), logout tokens, refresh tokens. RFC 8725 §3.12.
/// </summary>
/// <remarks>
/// The rule looks for marks of the other kinds. An ID token that carries none (only <c>iss sub aud exp iat</c>) cannot be told from a plain access
/// token; the provider's expected audiences do that.
/// </remarks>
internal static class AccessTokenRule
{
    // Claims under which vendors say what a token is: Keycloak's typ, Cognito's token_use, PingAM's tokenName, FusionAuth's tty.
    private static readonly string[] KindClaims = ["typ", "token_use", "tokenName", "tty"];

    private static readonly string[] AccessKinds = ["Bearer", "DPoP", "access", "access_token", "at", "at+jwt", "JWT"];

    // Only ID tokens have these (Core §2, §3.3.2.11).
    private static readonly string[] IdTokenClaims = ["nonce", "at_hash", "c_hash", "s_hash"];

    // What access tokens have and ID tokens do not: RFC 9068 §2.2, and the names that Okta, Auth0 and Entra use.
    private static readonly string[] AccessTokenClaims = ["scope", "scp", "client_id", "cid", "gty", "permissions", "appid"];

    /// <summary>Null when it is an access token as far as can be told.</summary>
    public static Refusal? Check(TokenHeader header, JsonElement claims, bool requireType)
    {
        if (requireType && !header.IsAccessTokenType)
        {
            return Not("The header's typ is not at+jwt, which this provider's tokens must have.");
        }

        var explicitKind = header.IsAccessTokenType;
        foreach (var name in KindClaims)
        {
            if (!claims.TryGetProperty(name, out var kind))
            {
                continue;
            }

            if (kind.ValueKind != JsonValueKind.String || !AccessKinds.Contains(kind.GetString(), StringComparer.OrdinalIgnoreCase))
            {
                return Not($"The claim {name} says that this is another kind of token ('{SafeText.Of(kind.ToString())}').");
            }

            explicitKind = true;
        }

        if (claims.TryGetProperty("token_introspection", out _))
        {
            return Not("It has token_introspection: a signed introspection answer (RFC 9701).");
        }

        if (claims.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object)
        {
            return Not("It has events: a logout or security event token (RFC 8417).");
        }

        if (explicitKind)
        {
            return null;
        }

        foreach (var name in IdTokenClaims)
        {
            if (claims.TryGetProperty(name, out _))
            {
                return Not($"It has {name}, as ID tokens have, and nothing that says it is an access token.");
            }
        }

        return claims.TryGetProperty("auth_time", out _) && !HasAny(claims, AccessTokenClaims)
            ? Not("It has auth_time and none of the claims of an access token: an ID token.")
            : null;
    }

    private static bool HasAny(JsonElement claims, string[] names)
    {
        foreach (var name in names)
        {
            if (claims.TryGetProperty(name, out _))
            {
                return true;
            }
        }

        return false;
    }

    private static Refusal Not(string detail) => new(RefusalRule.NotAnAccessToken, detail);
}
