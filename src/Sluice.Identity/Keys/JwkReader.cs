using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using NSec.Cryptography;
using Sluice.Identity.Tokens;
using SignatureAlgorithm = Sluice.Identity.Tokens.SignatureAlgorithm;

namespace Sluice.Identity.Keys;

/// <summary>One JWK (RFC 7517) to a key, or the reason why it is not usable. An unusable key is skipped; it does not spoil its set.</summary>
internal static class JwkReader
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>A key of a published set; it must have a name.</summary>
    /// <returns>Null when <paramref name="key"/> holds the result; otherwise why not.</returns>
    public static string? Read(JsonElement jwk, out VerificationKey? key)
    {
        key = null;
        return jwk.ValueKind == JsonValueKind.Object && String(jwk, "kid") is null ? "it has no kid" : ReadNameless(jwk, out key);
    }

    /// <summary>A key that needs no name, as in a DPoP proof's header.</summary>
    /// <inheritdoc cref="Read" path="/returns"/>
    public static string? ReadNameless(JsonElement jwk, out VerificationKey? key)
    {
        key = null;
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            return "it is not an object";
        }

        if (Array.Exists(PrivateMembers, name => Has(jwk, name, out _)))
        {
            return "it has private members";
        }

        var keyId = String(jwk, "kid");

        // SPIFFE's bundles have a word of their own for the keys of JWT-SVIDs.
        if (Has(jwk, "use", out var use) && !use.ValueEqualsString("sig") && !use.ValueEqualsString("jwt-svid"))
        {
            return "its use is not sig";
        }

        if (Has(jwk, "key_ops", out var operations) && !AllowsVerify(operations))
        {
            return "its key_ops do not have verify";
        }

        var algorithm = String(jwk, "alg");
        if (algorithm is not null && SignatureAlgorithm.Find(algorithm) is null)
        {
            return "its alg is not an accepted signature algorithm";
        }

        try
        {
            var reason = String(jwk, "kty") switch
            {
                "RSA" => ReadRsa(jwk, keyId, algorithm, out key),
                "EC" => ReadEllipticCurve(jwk, keyId, algorithm, out key),
                "OKP" => ReadEd25519(jwk, keyId, algorithm, out key),
                _ => "its kty is not RSA, EC or OKP",
            };
            if (reason is not null)
            {
                return reason;
            }
        }
        catch (CryptographicException)
        {
            return "it is not a valid public key";
        }

        if (algorithm is not null && SignatureAlgorithm.Find(algorithm)!.Family != key!.Family)
        {
            key = null;
            return "its alg is not one for its kind of key";
        }

        return null;
    }

    private static string? ReadRsa(JsonElement jwk, string? keyId, string? algorithm, out VerificationKey? key)
    {
        key = null;
        if (Bytes(jwk, "n") is not { Length: > 0 } modulus || Bytes(jwk, "e") is not { Length: > 0 } exponent)
        {
            return "n or e is missing or not base64url";
        }

        modulus = WithoutLeadingZeros(modulus);
        exponent = WithoutLeadingZeros(exponent);
        var bits = BitLength(modulus);
        if (bits is < MinRsaBits or > MaxRsaBits)
        {
            return $"its modulus has {bits} bits, not {MinRsaBits} to {MaxRsaBits}";
        }

        // An even or one exponent is no key; a huge one makes each verification expensive.
        if (exponent.Length is 0 or > 8 || (exponent[^1] & 1) == 0 || exponent is [1] || (modulus[^1] & 1) == 0)
        {
            return "its exponent or modulus is not an RSA key's";
        }

        var thumbprint = Thumbprint($$"""{"e":"{{Base64UrlEncoder.Encode(exponent)}}","kty":"RSA","n":"{{Base64UrlEncoder.Encode(modulus)}}"}""");
        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        key = new VerificationKey(keyId, KeyFamily.Rsa, algorithm, modulus.Length, thumbprint, () => RSA.Create(parameters));
        return null;
    }

    private static string? ReadEllipticCurve(JsonElement jwk, string? keyId, string? algorithm, out VerificationKey? key)
    {
        key = null;
        var curveName = String(jwk, "crv");
        (KeyFamily Family, ECCurve Curve, int Bytes)? found = curveName switch
        {
            "P-256" => (KeyFamily.P256, ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (KeyFamily.P384, ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (KeyFamily.P521, ECCurve.NamedCurves.nistP521, 66),
            _ => null,
        };
        if (found is not var (family, curve, length))
        {
            return "its crv is not P-256, P-384 or P-521";
        }

        // RFC 7518 §6.2.1.2: the full size of a coordinate, always.
        if (Bytes(jwk, "x") is not { } x || Bytes(jwk, "y") is not { } y || x.Length != length || y.Length != length)
        {
            return "x or y is not a coordinate of its curve";
        }

        var parameters = new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } };
        var thumbprint = Thumbprint(
            $$"""{"crv":"{{curveName}}","kty":"EC","x":"{{Base64UrlEncoder.Encode(x)}}","y":"{{Base64UrlEncoder.Encode(y)}}"}""");

        // Throws when the point is not on the curve.
        key = new VerificationKey(keyId, family, algorithm, 2 * length, thumbprint, () => ECDsa.Create(parameters));
        return null;
    }

    private static string? ReadEd25519(JsonElement jwk, string? keyId, string? algorithm, out VerificationKey? key)
    {
        key = null;
        if (String(jwk, "crv") != "Ed25519")
        {
            return "its crv is not Ed25519";
        }

        if (Bytes(jwk, "x") is not { } x
            || !PublicKey.TryImport(NSec.Cryptography.SignatureAlgorithm.Ed25519, x, KeyBlobFormat.RawPublicKey, out var imported))
        {
            return "x is not an Ed25519 point";
        }

        var thumbprint = Thumbprint($$"""{"crv":"Ed25519","kty":"OKP","x":"{{Base64UrlEncoder.Encode(x)}}"}""");
        key = new VerificationKey(keyId, algorithm, thumbprint, imported!);
        return null;
    }

    // A member that is null counts as absent: serializers write every member that they know.
    private static bool Has(JsonElement jwk, string name, out JsonElement value) => jwk.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static bool AllowsVerify(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(one => one.ValueEqualsString("verify"));

    private static bool ValueEqualsString(this JsonElement value, string text) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static string? String(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement jwk, string name) =>
        String(jwk, name) is { } text ? StrictBase64Url.Decode(text) : null;

    private static byte[] WithoutLeadingZeros(byte[] number) => [.. number.SkipWhile(octet => octet == 0)];

    private static int BitLength(byte[] number) =>
        number.Length == 0 ? 0 : (number.Length * 8) - int.LeadingZeroCount(number[0]) + 24;

    private static string Thumbprint(string canonical) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
