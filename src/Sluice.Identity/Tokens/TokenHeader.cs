using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>The members of a token's header that mean anything here. Keys and key addresses in a header are not read at all.</summary>
/// <param name="Algorithm"><c>alg</c>; null when it is not an algorithm that can be accepted.</param>
/// <param name="AlgorithmName"><c>alg</c> as it came; null when it is missing or no string.</param>
/// <param name="KeyId"><c>kid</c>.</param>
/// <param name="Type"><c>typ</c>.</param>
internal sealed record TokenHeader(SignatureAlgorithm? Algorithm, string? AlgorithmName, string? KeyId, string? Type)
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

                // PingAM writes NONE in every token, in words what others leave out.
                case "zip" when value.ValueKind != JsonValueKind.String || !value.ValueEquals("NONE"u8):
                    return Malformed("The header has zip; compressed tokens are not accepted.");
                case "enc":
                    return Malformed("The header has enc; encrypted tokens are not accepted.");
                case "cty" when value.ValueKind != JsonValueKind.String || IsJwt(value.GetString()!):
                    return Malformed("The header's cty says that another token is nested in this one.");
            }
        }

        header = new TokenHeader(algorithmName is null ? null : SignatureAlgorithm.Find(algorithmName), algorithmName, keyId, type);
        return null;
    }

    /// <summary>Signed with a public-key algorithm that is accepted here at all (RFC 8725 §3.1).</summary>
    public Refusal? CheckAlgorithm() => this switch
    {
        { Algorithm: not null } => null,
        { AlgorithmName: null } => new Refusal(RefusalRule.ForbiddenAlgorithm, "The header has no alg that is a string."),
        _ => new Refusal(
            RefusalRule.ForbiddenAlgorithm, $"The algorithm '{SafeText.Of(AlgorithmName)}' is not an accepted public-key signature."),
    };

    /// <summary>Explicitly another kind of JWT, such as <c>dpop+jwt</c> or <c>logout+jwt</c> (RFC 8725 §3.11).</summary>
    public Refusal? CheckType() =>
        Type is null || IsJwt(Type) || IsAccessTokenType
            ? null
            : new Refusal(RefusalRule.NotAnAccessToken, $"The header's typ is '{SafeText.Of(Type)}'; access tokens have none, JWT or at+jwt.");

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
