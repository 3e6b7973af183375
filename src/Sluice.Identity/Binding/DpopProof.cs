using System.Text;
using System.Text.Json;
using Sluice.Identity.Keys;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Binding;

/// <summary>A DPoP proof (RFC 9449 §4), read and checked for its form and its own signature.</summary>
internal sealed class DpopProof
{
    private const int MaxLength = 8 * 1024;
    private const int MaxIdLength = 256;

    private DpopProof(string keyThumbprint, string id, string method, string uri, long issued, string? nonce, string? tokenHash)
    {
        KeyThumbprint = keyThumbprint;
        Id = id;
        Method = method;
        Uri = uri;
        Issued = issued;
        Nonce = nonce;
        TokenHash = tokenHash;
    }

    /// <summary>RFC 7638 thumbprint of the key that signed it, base64url.</summary>
    public string KeyThumbprint { get; }

    public string Id { get; }

    public string Method { get; }

    public string Uri { get; }

    /// <summary>Milliseconds since 1970.</summary>
    public long Issued { get; }

    public string? Nonce { get; }

    /// <summary><c>ath</c>.</summary>
    public string? TokenHash { get; }

    /// <returns>Null when <paramref name="proof"/> holds the result; otherwise why not.</returns>
    public static string? Read(string text, out DpopProof? proof)
    {
        proof = null;
        if (text.Length > MaxLength || !Ascii.IsValid(text) || text.Split('.') is not [var first, var second, var third])
        {
            return "it is not a signed JWT";
        }

        if (StrictBase64Url.Decode(first) is not { } headerJson
            || StrictBase64Url.Decode(second) is not { } payload
            || StrictBase64Url.Decode(third) is not { } signature)
        {
            return "its parts are not strict base64url";
        }

        using var header = StrictJson.ParseObject(headerJson);
        using var claims = StrictJson.ParseObject(payload);
        if (header is null || claims is null)
        {
            return "its header or payload is not a JSON object";
        }

        if (CheckHeader(header.RootElement, out var algorithm, out var key) is { } badHeader)
        {
            return badHeader;
        }

        var signed = Encoding.ASCII.GetBytes(text, 0, first.Length + 1 + second.Length);
        if (!key!.Verify(algorithm!, signed, signature))
        {
            return "its signature is not its key's";
        }

        var payloadJson = claims.RootElement;
        if (String(payloadJson, "jti") is not { Length: > 0 and <= MaxIdLength } id)
        {
            return "it has no jti of 1 to 256 characters";
        }

        if (String(payloadJson, "htm") is not { } method || String(payloadJson, "htu") is not { } uri)
        {
            return "it has no htm or htu";
        }

        if (!payloadJson.TryGetProperty("iat", out var issuedAt) || !NumericDate.TryRead(issuedAt, out var issued))
        {
            return "it has no iat that is a time";
        }

        proof = new DpopProof(key.Thumbprint, id, method, uri, issued, String(payloadJson, "nonce"), String(payloadJson, "ath"));
        return null;
    }

    private static string? CheckHeader(JsonElement header, out SignatureAlgorithm? algorithm, out VerificationKey? key)
    {
        algorithm = null;
        key = null;
        if (!string.Equals(String(header, "typ"), "dpop+jwt", StringComparison.OrdinalIgnoreCase))
        {
            return "its typ is not dpop+jwt";
        }

        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _) || header.TryGetProperty("zip", out _))
        {
            return "its header has crit, b64 or zip";
        }

        if (String(header, "alg") is not { } name || SignatureAlgorithm.Find(name) is not { } found)
        {
            return "its alg is not an accepted public-key signature";
        }

        if (!header.TryGetProperty("jwk", out var jwk))
        {
            return "its header has no jwk";
        }

        if (JwkReader.ReadNameless(jwk, out key) is { } reason)
        {
            return $"its jwk cannot be used: {reason}";
        }

        algorithm = found;
        return key!.Fits(found) ? null : "its alg is not one for its key";
    }

    private static string? String(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
