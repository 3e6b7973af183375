using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>One issuer: its addresses, its own key, and how its vendor words a token.</summary>
internal abstract class DevelopmentIssuer(IssuerKind kind, string issuer, Uri tokenUrl, Uri jwksUri, SigningCredentials credentials)
{
    public IssuerKind Kind { get; } = kind;

    /// <summary>The <c>iss</c> claim and discovery's <c>issuer</c>; no slash at the end.</summary>
    public string Issuer { get; } = issuer;

    public Uri TokenUrl { get; } = tokenUrl;

    public Uri JwksUri { get; } = jwksUri;

    /// <summary>No other issuer signs with this key: a token cannot be passed off as the other's.</summary>
    public SigningCredentials Credentials { get; } = credentials;

    /// <summary>The scopes this issuer's discovery document names.</summary>
    public abstract IReadOnlyList<string> ScopesSupported { get; }

    public abstract ScopeDecision Decide(IReadOnlyList<string> requested);

    /// <summary>What the token response holds beside <c>access_token</c>, <c>token_type</c> and <c>expires_in</c>.</summary>
    public abstract IEnumerable<KeyValuePair<string, object>> ResponseParameters(IReadOnlyList<string> granted, TimeSpan lifetime);

    /// <summary>Writes the members of the JOSE header.</summary>
    public abstract void WriteHeader(Utf8JsonWriter header);

    /// <summary>Writes the members of the payload, in the vendor's order.</summary>
    public abstract void WritePayload(Utf8JsonWriter payload, AccessGrant grant);
}
