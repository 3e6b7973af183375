using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
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
/// <remarks>HOT for tokens that were never seen: the claims are walked once.</remarks>
internal static class AccessTokenRule
{
    private const int LongestName = 32;

    private static readonly FrozenDictionary<string, Mark>.AlternateLookup<ReadOnlySpan<char>> Marks = new Dictionary<string, Mark>(StringComparer.Ordinal)
    {
        // Vendors say here what a token is: Keycloak's typ, Cognito's token_use, PingAM's tokenName, FusionAuth's tty. Every value but AccessKinds is
        // another kind.
        ["typ"] = Mark.Kind,
        ["token_use"] = Mark.Kind,
        ["tokenName"] = Mark.Kind,
        ["tty"] = Mark.Kind,

        // Names with many uses, one of which is to say what a token is (Curity's purpose, RFC 6749's and 8693's token types): only OtherKinds are another.
        ["token_type"] = Mark.LooseKind | Mark.TokenType,
        ["purpose"] = Mark.LooseKind,
        ["type"] = Mark.LooseKind,
        ["use"] = Mark.LooseKind,

        // What a provider says about a token, or to end a session: signed with the same key, meant for somebody else.
        ["token_introspection"] = Mark.Introspection,
        ["active"] = Mark.Active,
        ["events"] = Mark.Events,
        ["code"] = Mark.Code,

        // Only ID tokens have these (Core §2, §3.3.2.11).
        ["nonce"] = Mark.IdToken,
        ["at_hash"] = Mark.IdToken,
        ["c_hash"] = Mark.IdToken,
        ["s_hash"] = Mark.IdToken,

        // About a person's session: ID tokens have them, and access tokens beside the claims below.
        ["auth_time"] = Mark.Session,
        ["sid"] = Mark.Session,
        ["amr"] = Mark.Session,
        ["updated_at"] = Mark.Session,

        // What access tokens have and ID tokens do not: RFC 9068 §2.2, and the names that Okta, Auth0 and Entra use.
        ["scope"] = Mark.Access,
        ["client_id"] = Mark.Access,
        ["cid"] = Mark.Access,
        ["gty"] = Mark.Access,
        ["permissions"] = Mark.Access,

        // Entra ID names the client in every access token (appid in version 1, azp in version 2), and never in an ID token.
        ["scp"] = Mark.Access | Mark.EntraClient,
        ["appid"] = Mark.Access | Mark.EntraClient,
        ["azp"] = Mark.Access | Mark.EntraClient,
        ["tid"] = Mark.Tenant,
        ["ver"] = Mark.Version,
        ["sub"] = Mark.Subject,
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] AccessKinds = ["Bearer", "DPoP", "access", "access_token", "at", "at+jwt", "application/at+jwt", "JWT"];

    private static readonly string[] OtherKinds =
    [
        "id", "id_token", "refresh", "refresh_token", "offline", "logout", "logout_token", "userinfo", "authorization_code",
        "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:refresh_token",
    ];

    [Flags]
    private enum Mark
    {
        None = 0,
        Kind = 1,
        LooseKind = 2,
        TokenType = 4,
        Introspection = 8,
        Active = 16,
        Events = 32,
        Code = 64,
        IdToken = 128,
        Session = 256,
        Access = 512,
        EntraClient = 1024,
        Tenant = 2048,
        Version = 4096,
        Subject = 8192,
    }

    /// <summary>Null when it is an access token as far as can be told.</summary>
    public static Refusal? Check(TokenHeader header, JsonElement claims, bool requireType)
    {
        if (requireType && !header.IsAccessTokenType)
        {
            return Not("The header's typ is not at+jwt, which this provider's tokens must have.");
        }

        var found = Mark.None;
        string? idTokenClaim = null;
        string? sessionClaim = null;
        foreach (var claim in claims.EnumerateObject())
        {
            var mark = Of(claim);
            if (mark == Mark.None)
            {
                continue;
            }

            var value = claim.Value;
            switch (mark)
            {
                case Mark.Kind when !IsOneOf(value, AccessKinds):
                case Mark.LooseKind or (Mark.LooseKind | Mark.TokenType) when IsOneOf(value, OtherKinds):
                    return Not($"The claim {claim.Name} says that this is another kind of token ('{SafeText.Of(value.ToString())}').");
                case Mark.Active when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                case Mark.Events when value.ValueKind != JsonValueKind.Object:
                case Mark.Code or Mark.Version when value.ValueKind != JsonValueKind.String:
                    continue;
                case Mark.IdToken:
                    idTokenClaim ??= claim.Name;
                    break;
                case Mark.Session:
                    sessionClaim ??= claim.Name;
                    break;
            }

            found |= mark;
        }

        return CheckAnswers(found)
            ?? (header.IsAccessTokenType || found.HasFlag(Mark.Kind) ? null : CheckIdToken(found, idTokenClaim, sessionClaim));
    }

    private static Refusal? CheckAnswers(Mark found)
    {
        if (found.HasFlag(Mark.Introspection))
        {
            return Not("It has token_introspection: a signed introspection answer (RFC 9701).");
        }

        if (found.HasFlag(Mark.Active | Mark.TokenType))
        {
            return Not("It has active and token_type: a signed introspection answer (RFC 7662).");
        }

        if (found.HasFlag(Mark.Events))
        {
            return Not("It has events: a logout or security event token (RFC 8417).");
        }

        return found.HasFlag(Mark.Code) && !found.HasFlag(Mark.Subject) ? Not("It has code and no sub: a signed authorization response (JARM).") : null;
    }

    private static Refusal? CheckIdToken(Mark found, string? idTokenClaim, string? sessionClaim)
    {
        if (idTokenClaim is not null)
        {
            return Not($"It has {idTokenClaim}, as ID tokens have, and nothing that says it is an access token.");
        }

        if (sessionClaim is not null && !found.HasFlag(Mark.Access))
        {
            return Not($"It has {sessionClaim} and none of the claims of an access token: an ID token.");
        }

        return found.HasFlag(Mark.Tenant | Mark.Version) && !found.HasFlag(Mark.EntraClient)
            ? Not("It is Entra ID's (tid, ver) and names no client (azp, appid) as its access tokens do: an ID token.")
            : null;
    }

    private static Mark Of(JsonProperty claim)
    {
        var utf8 = JsonMarshal.GetRawUtf8PropertyName(claim);
        if (utf8.Contains((byte)'\\'))
        {
            return Marks.Dictionary.GetValueOrDefault(claim.Name);
        }

        if (utf8.Length > LongestName)
        {
            return Mark.None;
        }

        Span<char> name = stackalloc char[LongestName];
        return Ascii.ToUtf16(utf8, name, out var length) == System.Buffers.OperationStatus.Done && Marks.TryGetValue(name[..length], out var mark) ? mark : Mark.None;
    }

    private static bool IsOneOf(JsonElement value, string[] kinds) =>
        value.ValueKind == JsonValueKind.String && kinds.Contains(value.GetString(), StringComparer.OrdinalIgnoreCase);

    private static Refusal Not(string detail) => new(RefusalRule.NotAnAccessToken, detail);
}
