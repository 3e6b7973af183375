using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>What a claim's name says about the kind of token that has it.</summary>
internal enum TokenMark
{
    None,

    /// <summary>The claim is there to say what the token is; every value that does not name an access token is another kind.</summary>
    Kind,

    /// <summary>It has other uses as well: only the values that name another kind tell anything.</summary>
    LooseKind,

    /// <summary>As <see cref="LooseKind"/>, and introspection answers have it (RFC 7662 §2.2).</summary>
    TokenType,

    /// <summary>Descope's: the cookie that the token is kept in, DS for sessions and DSR for what renews them.</summary>
    Cookie,

    /// <summary>A signed introspection answer (RFC 9701 §5).</summary>
    Introspection,

    /// <summary>An introspection answer's own claim, when a boolean.</summary>
    Active,

    /// <summary>A security event or logout token (RFC 8417 §2.2), when an object or the text of one.</summary>
    Events,

    /// <summary>An answer of the authorization endpoint (JARM §2.1), when there is no <c>sub</c>.</summary>
    Response,

    /// <summary>A request to the authorization endpoint (RFC 9101 §4).</summary>
    Request,

    /// <summary>A verifiable credential or a presentation of some (W3C VC-JWT, SD-JWT VC).</summary>
    Credential,

    /// <summary>The hash of what an ID token was given out with (OpenID Connect Core §3.3.2.11): no other kind has one.</summary>
    Hash,

    /// <summary>Binds an ID token to the request for it (Core §2); access tokens of a few providers copy it.</summary>
    Nonce,

    /// <summary>About a person's sign-in: ID tokens have it, and access tokens beside what was granted.</summary>
    Session,

    /// <summary>As <see cref="Session"/> when it holds texts (Core §2); other issuers keep objects under this name.</summary>
    Methods,

    /// <summary>What was granted, and to which flow: access tokens have it and ID tokens do not (RFC 9068 §2.2.3).</summary>
    Grant,

    /// <summary>As <see cref="Grant"/>, unless nothing but signing in was granted.</summary>
    Scope,

    /// <summary>As <see cref="Scope"/>; Entra ID's and Okta's name.</summary>
    Scp,

    /// <summary>Whom the token was given to (RFC 9068 §2.2); of ID tokens, few have it.</summary>
    Client,

    /// <summary>As <see cref="Client"/>; Entra ID's and AD FS's name.</summary>
    AppId,

    /// <summary>Whom the token was given to; ID tokens have it as well (Core §2).</summary>
    AuthorizedParty,

    Audience,

    Subject,

    Tenant,

    Version,
}

/// <summary>The claims by which kinds of tokens are told apart, by name.</summary>
internal static class TokenMarks
{
    private const int LongestName = 32;

    private static readonly FrozenDictionary<string, TokenMark>.AlternateLookup<ReadOnlySpan<char>> Marks = new Dictionary<string, TokenMark>(StringComparer.Ordinal)
    {
        // Keycloak, Cognito, PingAM, FusionAuth, Oracle.
        ["typ"] = TokenMark.Kind,
        ["token_use"] = TokenMark.Kind,
        ["tokenName"] = TokenMark.Kind,
        ["tty"] = TokenMark.Kind,
        ["tok_type"] = TokenMark.Kind,

        // RFC 6749's and 8693's token types, Curity, Casdoor, and what libraries call it.
        ["token_type"] = TokenMark.TokenType,
        ["tokenType"] = TokenMark.LooseKind,
        ["purpose"] = TokenMark.LooseKind,
        ["type"] = TokenMark.LooseKind,
        ["use"] = TokenMark.LooseKind,

        ["drn"] = TokenMark.Cookie,

        ["token_introspection"] = TokenMark.Introspection,
        ["active"] = TokenMark.Active,
        ["events"] = TokenMark.Events,
        ["code"] = TokenMark.Response,
        ["error"] = TokenMark.Response,
        ["access_token"] = TokenMark.Response,
        ["id_token"] = TokenMark.Response,
        ["response_type"] = TokenMark.Request,
        ["redirect_uri"] = TokenMark.Request,
        ["vc"] = TokenMark.Credential,
        ["vp"] = TokenMark.Credential,
        ["vct"] = TokenMark.Credential,

        ["at_hash"] = TokenMark.Hash,
        ["c_hash"] = TokenMark.Hash,
        ["s_hash"] = TokenMark.Hash,
        ["rt_hash"] = TokenMark.Hash,
        ["ds_hash"] = TokenMark.Hash,
        ["nonce"] = TokenMark.Nonce,

        ["auth_time"] = TokenMark.Session,
        ["acr"] = TokenMark.Session,
        ["sid"] = TokenMark.Session,
        ["pi.sri"] = TokenMark.Session,
        ["updated_at"] = TokenMark.Session,
        ["amr"] = TokenMark.Methods,

        ["scope"] = TokenMark.Scope,
        ["scp"] = TokenMark.Scp,
        ["permissions"] = TokenMark.Grant,
        ["authorities"] = TokenMark.Grant,
        ["gty"] = TokenMark.Grant,
        ["aut"] = TokenMark.Grant,

        ["client_id"] = TokenMark.Client,
        ["cid"] = TokenMark.Client,
        ["appid"] = TokenMark.AppId,
        ["azp"] = TokenMark.AuthorizedParty,

        ["aud"] = TokenMark.Audience,
        ["sub"] = TokenMark.Subject,
        ["tid"] = TokenMark.Tenant,
        ["ver"] = TokenMark.Version,
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What this claim says by its name.</summary>
    /// <remarks>HOT for tokens that were never seen: looked up for each of their claims, without making the name a string.</remarks>
    public static TokenMark Of(JsonProperty claim)
    {
        var utf8 = JsonMarshal.GetRawUtf8PropertyName(claim);
        if (utf8.Contains((byte)'\\'))
        {
            return Marks.Dictionary.GetValueOrDefault(claim.Name);
        }

        if (utf8.Length > LongestName)
        {
            return TokenMark.None;
        }

        Span<char> name = stackalloc char[LongestName];
        return Ascii.ToUtf16(utf8, name, out var length) == OperationStatus.Done && Marks.TryGetValue(name[..length], out var mark) ? mark : TokenMark.None;
    }
}
