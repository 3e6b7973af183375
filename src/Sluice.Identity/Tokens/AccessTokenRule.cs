using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Tells access tokens from the other JWTs that an issuer signs with the same key: ID tokens (OpenID Connect Core §2), signed userinfo (§5.3.2),
/// introspection answers (RFC 9701), logout tokens, refresh tokens. RFC 8725 §3.12.
/// </summary>
/// <remarks>
/// The rule looks for marks of the other kinds (<see cref="TokenMarks"/>). An ID token that carries none (only <c>iss sub aud exp iat</c>) cannot be told
/// from a plain access token; the provider's expected audiences do that.
/// </remarks>
/// <remarks>HOT for tokens that were never seen: the claims are walked once.</remarks>
internal static class AccessTokenRule
{
    private static readonly string[] AccessKinds =
        ["Bearer", "DPoP", "access", "access_token", "access-token", "accessToken", "oauth-access-token", "at", "at+jwt", "application/at+jwt"];

    // What is meant for access alone, wherever it stands; "Bearer" and "at" mean that only in a claim that is there to say what the token is.
    private static readonly string[] LooseAccessKinds =
    [
        "access", "access_token", "access-token", "accessToken", "oauth-access-token", "at+jwt", "application/at+jwt",
        "urn:ietf:params:oauth:token-type:access_token",
    ];

    private static readonly string[] OtherKinds =
    [
        "id", "id_token", "id-token", "idToken", "refresh", "refresh_token", "refresh-token", "refreshToken", "oauth-refresh-token", "offline", "logout", "logout_token", "userinfo",
        "authorization_code", "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:refresh_token",
    ];

    /// <summary>Null when it is an access token as far as can be told.</summary>
    public static Refusal? Check(TokenHeader header, JsonElement claims, bool requireType)
    {
        if (requireType && !header.IsAccessTokenType)
        {
            return Not("The header's typ is not at+jwt, which this provider's tokens must have.");
        }

        var found = new SeenClaims();
        foreach (var claim in claims.EnumerateObject())
        {
            var mark = TokenMarks.Of(claim);
            if (mark != TokenMark.None && Note(ref found, mark, claim) is { } refusal)
            {
                return refusal;
            }
        }

        return CheckAnswers(found) ?? (header.IsAccessTokenType || found.SaysAccess ? null : IdTokenRule.Check(found));
    }

    private static Refusal? Note(ref SeenClaims found, TokenMark mark, JsonProperty claim)
    {
        var value = claim.Value;
        switch (mark)
        {
            case TokenMark.Kind when IsOneOf(value, AccessKinds):
                found.SaysAccess = true;
                break;

            case TokenMark.LooseKind when IsOneOf(value, LooseAccessKinds):
            case TokenMark.Cookie when IsOneOf(value, ["DS"]):
                found.SaysAccess = true;
                break;
            case TokenMark.TokenType when IsOneOf(value, LooseAccessKinds):
                found.SaysAccess = true;
                found.Note(mark, claim);
                break;

            // Tells nothing.
            case TokenMark.Kind when IsOneOf(value, ["JWT"]):
                break;
            case TokenMark.Kind:
            case TokenMark.LooseKind or TokenMark.TokenType when IsOneOf(value, OtherKinds):
            case TokenMark.Cookie when IsOneOf(value, ["DSR"]):
                return Not($"The claim {claim.Name} says that this is another kind of token ('{SafeText.Of(value.ToString())}').");
            case TokenMark.Introspection:
                return Not("It has token_introspection: a signed introspection answer (RFC 9701).");
            case TokenMark.Events when value.ValueKind == JsonValueKind.Object || IsObjectAsText(value):
                return Not("It has events: a logout or security event token (RFC 8417).");
            case TokenMark.Request when value.ValueKind == JsonValueKind.String:
                return Not($"It has {claim.Name}: an authorization request (RFC 9101).");
            case TokenMark.Credential when value.ValueKind == JsonValueKind.Object || claim.NameEquals("vct"u8):
                return Not($"It has {claim.Name}: a verifiable credential or presentation.");
            default:
                found.Note(mark, claim);
                break;
        }

        return null;
    }

    private static Refusal? CheckAnswers(in SeenClaims found)
    {
        if (found.IsActive && found.HasTokenType)
        {
            return Not("It has active and token_type: a signed introspection answer (RFC 7662).");
        }

        return found.Response is not null && found.Subject.ValueKind == JsonValueKind.Undefined
            ? Not($"It has {found.Response} and no sub: a signed authorization response (JARM).")
            : null;
    }

    // Apple writes the events as a text that holds the object.
    private static bool IsObjectAsText(JsonElement value) => value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value).StartsWith("\"{"u8);

    private static bool IsOneOf(JsonElement value, ReadOnlySpan<string> kinds)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var text = value.GetString()!;
        foreach (var kind in kinds)
        {
            if (string.Equals(text, kind, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static Refusal Not(string detail) => new(RefusalRule.NotAnAccessToken, detail);
}
