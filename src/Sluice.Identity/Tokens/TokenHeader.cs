using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>The members of a token's header that mean anything here. Keys and key addresses in a header are not read at all.</summary>
internal sealed record TokenHeader(SignatureAlgorithm Algorithm, string? KeyId, string? Type)
{
    /// <summary>Largest decoded header, in bytes.</summary>
    public const int MaxBytes = 2048;

    private const int MaxKeyIdLength = 256;

    /// <summary>The issuer says in the header that this is an access token (RFC 9068 §2.1).</summary>
    public bool IsAccessTokenType => IsType("at+jwt");

    /// <returns>Null when <paramref name="header"/> holds the result; otherwise why not.</returns>
    public static Refusal? Read(JsonElement json, out TokenHeader? header)
    {
        header = null;
        string? algorithmName = null;
        string? keyId = null;
        string? type = null;
        foreach (var member in json.EnumerateObject())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "alg":
                    algorithmName = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
                    break;
                case "kid":
                    keyId = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
                    if (keyId is not { Length: <= MaxKeyIdLength })
                    {
                        return Malformed("The header's kid is not a string of at most 256 characters.");
                    }

                    break;
                case "typ":
                    type = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
                    if (type is null)
                    {
                        return Malformed("The header's typ is not a string.");
                    }

                    break;
                case "crit":
                    return Malformed("The header has crit, and no extension is understood (RFC 7515 §4.1.11).");
                case "b64":
                    return Malformed("The header has b64; payloads are always base64url here (RFC 7797).");
                case "zip":
                    return Malformed("The header has zip; compressed tokens are not accepted.");
                case "enc":
                    return Malformed("The header has enc; encrypted tokens are not accepted.");
                case "cty" when value.ValueKind != JsonValueKind.String || IsJwt(value.GetString()!):
                    return Malformed("The header's cty says that another token is nested in this one.");
            }
        }

        if (algorithmName is null)
        {
            return new Refusal(RefusalRule.ForbiddenAlgorithm, "The header has no alg that is a string.");
        }

        if (SignatureAlgorithm.Find(algorithmName) is not { } algorithm)
        {
            return new Refusal(
                RefusalRule.ForbiddenAlgorithm, $"The algorithm '{SafeText.Of(algorithmName)}' is not an accepted public-key signature.");
        }

        header = new TokenHeader(algorithm, keyId, type);
        return type is null || IsJwt(type) || header.IsAccessTokenType
            ? null
            : new Refusal(RefusalRule.NotAnAccessToken, $"The header's typ is '{SafeText.Of(type)}'; access tokens have none, JWT or at+jwt.");
    }

    private static Refusal Malformed(string detail) => new(RefusalRule.MalformedToken, detail);

    private static bool IsJwt(string type) =>
        type.Equals("JWT", StringComparison.OrdinalIgnoreCase) || type.Equals("application/jwt", StringComparison.OrdinalIgnoreCase);

    // RFC 7515 §4.1.9: media types compare without case, and "application/" may be left out.
    private bool IsType(string name) =>
        Type is not null
        && (Type.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (Type.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && Type.AsSpan("application/".Length).Equals(name, StringComparison.OrdinalIgnoreCase)));
}
