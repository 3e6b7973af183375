using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>What the claims of a signed token must be, besides its times.</summary>
internal static class ClaimRules
{
    /// <summary>Longest subject or identity, in characters.</summary>
    public const int MaxIdentityLength = 1024;

    /// <summary>The issuer as the token states it; only a key for finding the provider until the signature holds.</summary>
    public static string? Issuer(JsonElement claims) =>
        claims.TryGetProperty("iss", out var issuer) && issuer.ValueKind == JsonValueKind.String ? issuer.GetString() : null;

    /// <summary>
    /// A <c>sub</c>, if there is one, is a plain name. Whether there must be one depends on the pool's identity claim. An empty one is none: Cloudflare
    /// Access writes it for services, which <c>common_name</c> names.
    /// </summary>
    public static Refusal? CheckSubject(JsonElement claims) =>
        !claims.TryGetProperty("sub", out var subject) || IsPlainName(subject) || IsEmpty(subject)
            ? null
            : new Refusal(
                RefusalRule.BadClaim,
                $"The claim sub is not a string of at most {MaxIdentityLength} characters without control characters.");

    /// <summary>There is a <c>sub</c> that names somebody.</summary>
    public static bool HasSubject(JsonElement claims) => claims.TryGetProperty("sub"u8, out var subject) && !IsEmpty(subject);

    /// <summary>RFC 7519 §4.1.3: <c>aud</c> is a string or an array of strings.</summary>
    public static Refusal? CheckAudience(JsonElement claims, IReadOnlyList<string> expected)
    {
        var present = claims.TryGetProperty("aud", out var audience);
        if (present && !IsAudience(audience))
        {
            return new Refusal(RefusalRule.BadClaim, "The claim aud is neither a string nor an array of strings.");
        }

        if (expected.Count == 0)
        {
            return null;
        }

        if (!present)
        {
            return new Refusal(RefusalRule.WrongAudience, "It has no aud, and the provider expects one.");
        }

        var found = audience.ValueKind == JsonValueKind.String
            ? IsExpected(audience, expected)
            : audience.EnumerateArray().Any(one => IsExpected(one, expected));
        return found
            ? null
            : new Refusal(
                RefusalRule.WrongAudience,
                $"Its aud {SafeText.Of(audience.ToString())} holds none of the provider's expected audiences: {string.Join(", ", expected)}.");
    }

    /// <summary>On a deny-list, by token id or subject.</summary>
    public static Refusal? CheckDenied(JsonElement claims, DeniedTokens denied)
    {
        if (denied.TokenIds.Count > 0 && claims.TryGetProperty("jti", out var id) && id.ValueKind == JsonValueKind.String
            && denied.TokenIds.Contains(id.GetString()!))
        {
            return new Refusal(RefusalRule.Revoked, "Its jti is in Sluice:Identity:DeniedTokenIds.");
        }

        return denied.Subjects.Count > 0 && claims.TryGetProperty("sub", out var subject) && subject.ValueKind == JsonValueKind.String
            && denied.Subjects.Contains(subject.GetString()!)
                ? new Refusal(RefusalRule.Revoked, "Its sub is in Sluice:Identity:DeniedSubjects.")
                : null;
    }

    /// <summary>A string that can stand in an audit record.</summary>
    public static bool IsPlainName(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && (IsPlainAscii(JsonMarshal.GetRawUtf8Value(value)[1..^1]) || IsPlainName(value.GetString()!));

    // What most names are; the others are decoded and looked at one by one.
    private static bool IsPlainAscii(ReadOnlySpan<byte> raw) =>
        raw.Length is > 0 and <= MaxIdentityLength && raw.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 && !raw.Contains((byte)'\\');

    /// <inheritdoc cref="IsPlainName(JsonElement)"/>
    public static bool IsPlainName(string text)
    {
        if (text.Length is 0 or > MaxIdentityLength)
        {
            return false;
        }

        foreach (var character in text)
        {
            // Line and paragraph separators break lines as control characters do.
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8);

    private static bool IsAudience(JsonElement audience) =>
        audience.ValueKind == JsonValueKind.String
        || (audience.ValueKind == JsonValueKind.Array && audience.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String));

    private static bool IsExpected(JsonElement audience, IReadOnlyList<string> expected) => expected.Any(audience.ValueEquals);
}
