using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>
/// Looks like an Okta custom authorization server, the one named <c>default</c>: <c>scp</c> is an array, <c>cid</c> and <c>sub</c> are the
/// client, <c>aud</c> is the server's, the header has no <c>typ</c>.
/// </summary>
internal sealed class OktaIssuer : DevelopmentIssuer
{
    public const string Path = "/oauth2/default";
    public const string TokenPath = Path + "/v1/token";
    public const string JwksPath = Path + "/v1/keys";

    private readonly string _audience;
    private readonly string _defaultScope;

    public OktaIssuer(string origin, string audience, string defaultScope, SigningCredentials credentials)
        : base(IssuerKind.Okta, origin + Path, new Uri(origin + TokenPath), new Uri(origin + JwksPath), credentials)
    {
        _audience = audience;
        _defaultScope = defaultScope;
    }

    public override IReadOnlyList<string> ScopesSupported => [_defaultScope];

    /// <summary>Okta refuses scopes nobody configured; here any well-formed name is good, so that an example can be pasted as it is.</summary>
    public override ScopeDecision Decide(IReadOnlyList<string> requested)
    {
        if (requested is [])
        {
            return ScopeDecision.Grant(_defaultScope);
        }

        return requested.All(ScopeSyntax.IsToken)
            ? ScopeDecision.Grant(requested)
            : ScopeDecision.Refuse("invalid_scope", "A scope holds a character that RFC 6749 section 3.3 does not allow.");
    }

    public override IEnumerable<KeyValuePair<string, object>> ResponseParameters(IReadOnlyList<string> granted, TimeSpan lifetime) =>
        [new("scope", string.Join(' ', granted))];

    public override void WriteHeader(Utf8JsonWriter header)
    {
        header.WriteString("kid", Credentials.Kid);
        header.WriteString("alg", Credentials.Algorithm);
    }

    public override void WritePayload(Utf8JsonWriter payload, AccessGrant grant)
    {
        payload.WriteNumber("ver", 1);
        payload.WriteString("jti", "AT." + Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32)));
        payload.WriteString("iss", Issuer);
        payload.WriteString("aud", _audience);
        payload.WriteNumber("iat", grant.Issued.ToUnixTimeSeconds());
        payload.WriteNumber("exp", grant.Expires.ToUnixTimeSeconds());
        payload.WriteString("cid", grant.ClientId);
        payload.WriteStartArray("scp");
        foreach (var scope in grant.Scopes)
        {
            payload.WriteStringValue(scope);
        }

        payload.WriteEndArray();
        payload.WriteString("sub", grant.ClientId);
    }
}
