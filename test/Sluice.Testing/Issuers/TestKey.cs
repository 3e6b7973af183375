using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using NSec.Cryptography;

namespace Sluice.Testing.Issuers;

/// <summary>A signing key of a test issuer, with its public JWK. Signs anything, however wrong.</summary>
public sealed class TestKey
{
    private static readonly Lazy<RSA> FirstKey = new(() => RSA.Create(2048));

    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly Key? _ed25519;

    private TestKey(string keyId, string algorithm, JsonObject jwk, RSA? rsa = null, ECDsa? ecdsa = null, Key? ed25519 = null)
    {
        KeyId = keyId;
        Algorithm = algorithm;
        Jwk = jwk;
        _rsa = rsa;
        _ecdsa = ecdsa;
        _ed25519 = ed25519;
        jwk["kid"] = keyId;
        jwk["use"] = "sig";
        jwk["alg"] = algorithm;
    }

    public string KeyId { get; }

    public string Algorithm { get; }

    /// <summary>The public key as published; tests may bend it.</summary>
    public JsonObject Jwk { get; }

    public static TestKey Rsa(string keyId, string algorithm = "RS256", int bits = 2048) => Rsa(keyId, algorithm, RSA.Create(bits));

    /// <summary>The key that every issuer begins with: making one takes a while.</summary>
    public static TestKey First(string keyId) => Rsa(keyId, "RS256", FirstKey.Value);

    private static TestKey Rsa(string keyId, string algorithm, RSA rsa)
    {
        var parameters = rsa.ExportParameters(false);
        return new TestKey(
            keyId, algorithm,
            new JsonObject { ["kty"] = "RSA", ["n"] = Encode(parameters.Modulus!), ["e"] = Encode(parameters.Exponent!) }, rsa: rsa);
    }

    public static TestKey EllipticCurve(string keyId, string algorithm = "ES256")
    {
        var (curve, name) = algorithm switch
        {
            "ES256" => (ECCurve.NamedCurves.nistP256, "P-256"),
            "ES384" => (ECCurve.NamedCurves.nistP384, "P-384"),
            _ => (ECCurve.NamedCurves.nistP521, "P-521"),
        };
        var ecdsa = ECDsa.Create(curve);
        var point = ecdsa.ExportParameters(false).Q;
        return new TestKey(
            keyId, algorithm,
            new JsonObject { ["kty"] = "EC", ["crv"] = name, ["x"] = Encode(point.X!), ["y"] = Encode(point.Y!) }, ecdsa: ecdsa);
    }

    public static TestKey Ed25519(string keyId)
    {
        var key = Key.Create(
            NSec.Cryptography.SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        return new TestKey(
            keyId, "EdDSA",
            new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Encode(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)) },
            ed25519: key);
    }

    /// <summary>Base64url without padding.</summary>
    public static string Encode(byte[] bytes) => Base64UrlEncoder.Encode(bytes);

    /// <inheritdoc cref="Encode(byte[])"/>
    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>A compact JWS over exactly this header and payload.</summary>
    public string Sign(string headerJson, string payloadJson) => SignParts(Encode(headerJson), Encode(payloadJson));

    /// <summary>A compact JWS over these two parts as they are.</summary>
    public string SignParts(string header, string payload)
    {
        var signed = $"{header}.{payload}";
        return $"{signed}.{Encode(Signature(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The signature by <see cref="Algorithm"/>.</summary>
    public byte[] Signature(byte[] data, string? algorithm = null)
    {
        algorithm ??= Algorithm;
        var hash = algorithm.EndsWith("256", StringComparison.Ordinal) ? HashAlgorithmName.SHA256
            : algorithm.EndsWith("384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA512;
        if (_rsa is not null)
        {
            return _rsa.SignData(data, hash, algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }

        return _ecdsa is not null
            ? _ecdsa.SignData(data, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            : NSec.Cryptography.SignatureAlgorithm.Ed25519.Sign(_ed25519!, data);
    }

    /// <summary>The RSA key itself.</summary>
    public RSA RsaKey => _rsa ?? throw new InvalidOperationException("Not an RSA key.");

    /// <summary>The EC key itself.</summary>
    public ECDsa EllipticKey => _ecdsa ?? throw new InvalidOperationException("Not an EC key.");
}
