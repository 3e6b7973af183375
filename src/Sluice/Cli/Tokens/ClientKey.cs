using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Tokens;

/// <summary>A client's private key; <see cref="ClientKeyFile"/> reads it.</summary>
/// <param name="Algorithms">What it can sign with (RFC 7518 §3.1, RFC 8037 §3.1), the usual one first.</param>
/// <param name="Sign">From an algorithm and the bytes to sign to the signature, as JWS has it.</param>
internal sealed record ClientKey(IReadOnlyList<string> Algorithms, Func<string, byte[], byte[]> Sign)
{
    private static readonly string[] RsaAlgorithms = ["RS256", "PS256", "RS384", "PS384", "RS512", "PS512"];

    /// <summary>Its <c>kid</c>, if the file says it.</summary>
    public string? KeyId { get; init; }

    /// <summary>Its public half (SubjectPublicKeyInfo, RFC 5280 §4.1).</summary>
    public byte[] PublicKey { get; init; } = [];

    /// <summary>The certificate that came with it.</summary>
    public X509Certificate2? Certificate { get; init; }

    public static ClientKey Of(RSA key) => new(
        RsaAlgorithms,
        (algorithm, data) => key.SignData(data, HashOf(algorithm), algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1))
    {
        PublicKey = key.ExportSubjectPublicKeyInfo(),
    };

    /// <exception cref="CryptographicException">JWS knows no algorithm for its curve.</exception>
    public static ClientKey Of(ECDsa key)
    {
        var algorithm = key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => "ES256",
            "1.3.132.0.34" => "ES384",
            "1.3.132.0.35" => "ES512",
            _ => throw new CryptographicException("another curve"),
        };
        return new([algorithm], (_, data) => key.SignData(data, HashOf(algorithm), DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            PublicKey = key.ExportSubjectPublicKeyInfo(),
        };
    }

    /// <param name="key">Ed25519.</param>
    public static ClientKey Of(NSec.Cryptography.Key key) => new(["EdDSA"], (_, data) => NSec.Cryptography.SignatureAlgorithm.Ed25519.Sign(key, data))
    {
        PublicKey = key.PublicKey.Export(NSec.Cryptography.KeyBlobFormat.PkixPublicKey),
    };

    private static HashAlgorithmName HashOf(string algorithm) => algorithm[2..] switch
    {
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
