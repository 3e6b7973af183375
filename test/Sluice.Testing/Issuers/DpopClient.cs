using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Testing.Issuers;

/// <summary>A client that binds its tokens to a key of its own and makes proofs (RFC 9449).</summary>
internal sealed class DpopClient
{
    private readonly TestKey _key = TestKey.EllipticCurve("client");

    // RFC 7638: the members in order, without spaces.
    private string Jwk => $$"""{"crv":"P-256","kty":"EC","x":"{{_key.Jwk["x"]}}","y":"{{_key.Jwk["y"]}}"}""";

    /// <summary>The claims of a token bound to this client's key.</summary>
    public JsonObject Bind(JsonObject claims)
    {
        claims["cnf"] = new JsonObject { ["jkt"] = TestKey.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(Jwk))) };
        return claims;
    }

    /// <summary>A proof for one request, after <paramref name="change"/> to its claims.</summary>
    public string Proof(string token, string method, string url, string? nonce = null, Action<JsonObject>? change = null)
    {
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["htm"] = method,
            ["htu"] = url,
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            ["ath"] = TestKey.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        change?.Invoke(claims);
        return _key.Sign($$"""{"typ":"dpop+jwt","alg":"ES256","jwk":{{Jwk}}}""", claims.ToJsonString());
    }
}
