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
    // Claims under which vendors say what a token is: Keycloak's typ, Cognito's token_use, PingAM's tokenName, FusionAuth's tty. Every value but these is
    // another kind.
    private static readonly string[] KindClaims = ["typ", "token_use", "tokenName", "tty"];

    private static readonly string[] AccessKinds = ["Bearer", "DPoP", "access", "access_token", "at", "at+jwt", "application/at+jwt", "JWT"];

    // Claims with many uses, one of which is to say what a token is (Curity's purpose, RFC 6749's and 8693's token types): only these values are another
    // kind.
    private static readonly string[] LooseKindClaims = ["token_type", "purpose", "type", "use"];

    private static readonly string[] OtherKinds =
    [
        "id", "id_token", "refresh", "refresh_token", "offline", "logout", "logout_token", "userinfo", "authorization_code",
        "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:refresh_token",
    ];

    // Only ID tokens have these (Core §2, §3.3.2.11).
    private static readonly string[] IdTokenClaims = ["nonce", "at_hash", "c_hash", "s_hash"];

    // About a person's session: ID tokens have them, and access tokens beside the claims below.
    private static readonly string[] SessionClaims = ["auth_time", "sid", "amr", "updated_at"];

    // What access tokens have and ID tokens do not: RFC 9068 §2.2, and the names that Okta, Auth0 and Entra use.
    private static readonly string[] AccessTokenClaims = ["scope", "scp", "client_id", "cid", "gty", "permissions", "appid", "azp"];

    // Entra ID names the client in every access token (appid in version 1, azp in version 2), and never in an ID token.
    private static readonly string[] EntraClientClaims = ["azp", "appid", "scp"];

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
                return SaysOther(name, kind);
            }

            explicitKind = true;
        }

        foreach (var name in LooseKindClaims)
        {
            if (claims.TryGetProperty(name, out var kind) && kind.ValueKind == JsonValueKind.String
                && OtherKinds.Contains(kind.GetString(), StringComparer.OrdinalIgnoreCase))
            {
                return SaysOther(name, kind);
            }
        }

        return CheckAnswers(claims) ?? (explicitKind ? null : CheckIdToken(claims));
    }

    // What a provider says about a token, or to end a session: signed with the same key, meant for somebody else.
    private static Refusal? CheckAnswers(JsonElement claims)
    {
        if (claims.TryGetProperty("token_introspection", out _))
        {
            return Not("It has token_introspection: a signed introspection answer (RFC 9701).");
        }

        if (claims.TryGetProperty("active", out var active) && active.ValueKind is JsonValueKind.True or JsonValueKind.False
            && claims.TryGetProperty("token_type", out _))
        {
            return Not("It has active and token_type: a signed introspection answer (RFC 7662).");
        }

        if (claims.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object)
        {
            return Not("It has events: a logout or security event token (RFC 8417).");
        }

        return claims.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String && !claims.TryGetProperty("sub", out _)
            ? Not("It has code and no sub: a signed authorization response (JARM).")
            : null;
    }

    private static Refusal? CheckIdToken(JsonElement claims)
    {
        foreach (var name in IdTokenClaims)
        {
            if (claims.TryGetProperty(name, out _))
            {
                return Not($"It has {name}, as ID tokens have, and nothing that says it is an access token.");
            }
        }

        if (!HasAny(claims, AccessTokenClaims))
        {
            foreach (var name in SessionClaims)
            {
                if (claims.TryGetProperty(name, out _))
                {
                    return Not($"It has {name} and none of the claims of an access token: an ID token.");
                }
            }
        }

        return claims.TryGetProperty("tid", out _) && claims.TryGetProperty("ver", out var version) && version.ValueKind == JsonValueKind.String
            && !HasAny(claims, EntraClientClaims)
                ? Not("It is Entra ID's (tid, ver) and names no client (azp, appid) as its access tokens do: an ID token.")
                : null;
    }

    private static Refusal SaysOther(string name, JsonElement kind) =>
        Not($"The claim {name} says that this is another kind of token ('{SafeText.Of(kind.ToString())}').");

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
