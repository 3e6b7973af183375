using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>Which marks one walk over a token's claims found. A claim that is null counts as absent.</summary>
internal struct SeenClaims
{
    /// <summary>A claim that is there for it says that this is an access token.</summary>
    public bool SaysAccess { get; set; }

    public bool IsActive { get; private set; }

    public bool HasTokenType { get; private set; }

    public bool HasNonce { get; private set; }

    /// <summary>Something was granted beyond signing in.</summary>
    public bool HasGrant { get; private set; }

    /// <summary>A scope was granted, if only for signing in.</summary>
    public bool HasScope { get; private set; }

    /// <summary>Entra ID names the client in every access token (<c>appid</c> in version 1, <c>azp</c> in version 2), and never in an ID token.</summary>
    public readonly bool HasEntraClient => HasScp || HasAppId || AuthorizedParty.ValueKind != JsonValueKind.Undefined;

    public readonly bool HasEntraShape => HasTenant && HasVersion;

    /// <summary>Names the client as access tokens do.</summary>
    public readonly bool HasClient => HasAppId || Client.ValueKind != JsonValueKind.Undefined;

    /// <summary>The name of a claim of the authorization endpoint's answers.</summary>
    public string? Response { get; private set; }

    /// <summary>The name of a hash that only ID tokens have.</summary>
    public string? Hash { get; private set; }

    /// <summary>The name of a claim about a person's sign-in.</summary>
    public string? Session { get; private set; }

    public JsonElement Client { get; private set; }

    public JsonElement AuthorizedParty { get; private set; }

    public JsonElement Audience { get; private set; }

    public JsonElement Subject { get; private set; }

    private bool HasScp { get; set; }

    private bool HasAppId { get; set; }

    private bool HasTenant { get; set; }

    private bool HasVersion { get; set; }

    public void Note(TokenMark mark, JsonProperty claim)
    {
        var value = claim.Value;
        var kind = value.ValueKind;
        if (kind == JsonValueKind.Null)
        {
            return;
        }

        switch (mark)
        {
            case TokenMark.TokenType:
                HasTokenType = true;
                break;
            case TokenMark.Active:
                IsActive |= kind is JsonValueKind.True or JsonValueKind.False;
                break;
            case TokenMark.Response when kind == JsonValueKind.String:
                Response ??= claim.Name;
                break;
            case TokenMark.Hash:
                Hash ??= claim.Name;
                break;
            case TokenMark.Nonce:
                HasNonce = true;
                break;
            case TokenMark.Session:
            case TokenMark.Methods when !HoldsObjects(value):
                Session ??= claim.Name;
                break;
            case TokenMark.Grant:
                HasGrant = true;
                break;
            case TokenMark.Scope or TokenMark.Scp when kind is JsonValueKind.String or JsonValueKind.Array:
                HasScope = true;
                HasGrant |= !IsOpenIdOnly(value);
                HasScp |= mark == TokenMark.Scp;
                break;
            case TokenMark.Client when kind == JsonValueKind.String:
                Client = value;
                break;
            case TokenMark.AppId:
                HasAppId = true;
                break;
            case TokenMark.AuthorizedParty:
                AuthorizedParty = value;
                break;
            case TokenMark.Audience:
                Audience = value;
                break;
            case TokenMark.Subject:
                Subject = value;
                break;
            case TokenMark.Tenant:
                HasTenant = true;
                break;
            case TokenMark.Version:
                HasVersion |= kind == JsonValueKind.String;
                break;
        }
    }

    private static bool HoldsObjects(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object;

    private static bool IsOpenIdOnly(JsonElement scope) =>
        scope.ValueKind == JsonValueKind.String
            ? scope.ValueEquals("openid"u8)
            : scope.GetArrayLength() == 1 && scope[0].ValueKind == JsonValueKind.String && scope[0].ValueEquals("openid"u8);
}
