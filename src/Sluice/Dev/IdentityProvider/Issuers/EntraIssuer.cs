using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Dev.IdentityProvider.Issuers;

/// <summary>
/// Looks like one Entra ID tenant's v2 endpoint and its app-only tokens: <c>roles</c> instead of <c>scp</c>, <c>aud</c> is the application the
/// scope names, <c>sub</c> and <c>oid</c> are the service principal's object id. The opaque <c>aio</c> and <c>rh</c> are left out.
/// </summary>
internal sealed class EntraIssuer : DevelopmentIssuer
{
    public const string TokenPattern = "/{tenant}/oauth2/v2.0/token";
    public const string JwksPattern = "/{tenant}/discovery/v2.0/keys";
    public const string ConfigurationPattern = "/{tenant}/v2.0/.well-known/openid-configuration";

    private const string DefaultSuffix = "/.default";
    private const string ApplicationScheme = "api://";

    private readonly string _tenant;
    private readonly DevelopmentClients _clients;

    public EntraIssuer(string origin, string tenant, DevelopmentClients clients, SigningCredentials credentials)
        : base(
            IssuerKind.Entra,
            $"{origin}/{tenant}/v2.0",
            new Uri($"{origin}/{tenant}/oauth2/v2.0/token"),
            new Uri($"{origin}/{tenant}/discovery/v2.0/keys"),
            credentials)
    {
        _tenant = tenant;
        _clients = clients;
    }

    public override IReadOnlyList<string> ScopesSupported => [];

    public override ScopeDecision Decide(IReadOnlyList<string> requested) => requested switch
    {
        [] => ScopeDecision.Refuse("invalid_request", "The required parameter 'scope' is missing. Ask for api://{client id}/.default."),
        [var scope] when IsDefaultScope(scope) => ScopeDecision.Grant(requested),
        _ => ScopeDecision.Refuse(
            "invalid_scope",
            "With client credentials, ask for exactly one scope: a resource followed by /.default, such as api://{client id}/.default."),
    };

    public override IEnumerable<KeyValuePair<string, object>> ResponseParameters(IReadOnlyList<string> granted, TimeSpan lifetime) =>
        [new("ext_expires_in", (long)lifetime.TotalSeconds)];

    public override void WriteHeader(Utf8JsonWriter header)
    {
        header.WriteString("typ", "JWT");
        header.WriteString("alg", Credentials.Algorithm);
        header.WriteString("kid", Credentials.Kid);
    }

    public override void WritePayload(Utf8JsonWriter payload, AccessGrant grant)
    {
        var servicePrincipal = ObjectId(grant.ClientId);
        payload.WriteString("aud", Audience(grant.Scopes[0]));
        payload.WriteString("iss", Issuer);
        payload.WriteNumber("iat", grant.Issued.ToUnixTimeSeconds());
        payload.WriteNumber("nbf", grant.Issued.ToUnixTimeSeconds());
        payload.WriteNumber("exp", grant.Expires.ToUnixTimeSeconds());
        payload.WriteString("azp", grant.ClientId);
        payload.WriteString("azpacr", "1"); // authenticated with a client secret
        payload.WriteString("oid", servicePrincipal);
        if (_clients.Roles(grant.ClientId) is { Count: > 0 } roles)
        {
            payload.WriteStartArray("roles");
            foreach (var role in roles)
            {
                payload.WriteStringValue(role);
            }

            payload.WriteEndArray();
        }

        payload.WriteString("sub", servicePrincipal);
        payload.WriteString("tid", _tenant);
        payload.WriteString("uti", Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)));
        payload.WriteString("ver", "2.0");
    }

    private static bool IsDefaultScope(string scope) =>
        ScopeSyntax.IsToken(scope) && scope.EndsWith(DefaultSuffix, StringComparison.Ordinal) && Audience(scope) is not "";

    /// <summary>
    /// A v2 token's audience is the application's id, not the URI that named it: <c>api://{id}/.default</c> gives the id.
    /// A resource named otherwise stands for itself.
    /// </summary>
    private static string Audience(string scope)
    {
        var resource = scope[..^DefaultSuffix.Length];
        return resource.StartsWith(ApplicationScheme, StringComparison.OrdinalIgnoreCase) && !resource[ApplicationScheme.Length..].Contains('/')
            ? resource[ApplicationScheme.Length..]
            : resource;
    }

    /// <summary>The same GUID for a client in every run (RFC 9562 version 8).</summary>
    private string ObjectId(string clientId)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{_tenant}\n{clientId}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
