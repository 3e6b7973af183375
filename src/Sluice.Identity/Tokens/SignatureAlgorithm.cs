using System.Security.Cryptography;

namespace Sluice.Identity.Tokens;

/// <summary>What a key can be used with.</summary>
internal enum KeyFamily
{
    Rsa,
    P256,
    P384,
    P521,
    Ed25519,
}

/// <summary>A JWS algorithm that a token may be signed with. Symmetric ones and <c>none</c> do not exist here, so no setting can allow them.</summary>
/// <param name="Name"><c>alg</c>.</param>
/// <param name="Family">The kind of key it is made with.</param>
/// <param name="Hash">What is signed is this hash; of no meaning for Ed25519.</param>
/// <param name="Padding">Of RSA.</param>
internal sealed record SignatureAlgorithm(string Name, KeyFamily Family, HashAlgorithmName Hash, RSASignaturePadding? Padding = null)
{
    /// <summary>RFC 7518 §3.1, RFC 8037 §3.1; <c>Ed25519</c> is RFC 9864's name for the only EdDSA that is accepted here.</summary>
    public static readonly IReadOnlyList<SignatureAlgorithm> All =
    [
        new("RS256", KeyFamily.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        new("RS384", KeyFamily.Rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        new("RS512", KeyFamily.Rsa, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        new("PS256", KeyFamily.Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        new("PS384", KeyFamily.Rsa, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        new("PS512", KeyFamily.Rsa, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        new("ES256", KeyFamily.P256, HashAlgorithmName.SHA256),
        new("ES384", KeyFamily.P384, HashAlgorithmName.SHA384),
        new("ES512", KeyFamily.P521, HashAlgorithmName.SHA512),
        new("EdDSA", KeyFamily.Ed25519, HashAlgorithmName.SHA512),
        new("Ed25519", KeyFamily.Ed25519, HashAlgorithmName.SHA512),
    ];

    /// <summary>HOT: whether one of these names means it. EdDSA and Ed25519 are one algorithm with two names here.</summary>
    public bool IsAmong(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == Name || Family == KeyFamily.Ed25519 && Find(names[i])?.Family == KeyFamily.Ed25519)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By its exact name; null: not an algorithm that can be accepted.</summary>
    public static SignatureAlgorithm? Find(string name)
    {
        foreach (var algorithm in All)
        {
            if (string.Equals(algorithm.Name, name, StringComparison.Ordinal))
            {
                return algorithm;
            }
        }

        return null;
    }
}
