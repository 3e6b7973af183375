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
internal sealed record SignatureAlgorithm(string Name, KeyFamily Family, int SignatureBytes)
{
    /// <summary>RFC 7518 §3.1, RFC 8037 §3.1; <c>Ed25519</c> is RFC 9864's name for the only EdDSA that is accepted here.</summary>
    public static readonly IReadOnlyList<SignatureAlgorithm> All =
    [
        new("RS256", KeyFamily.Rsa, 0), new("RS384", KeyFamily.Rsa, 0), new("RS512", KeyFamily.Rsa, 0),
        new("PS256", KeyFamily.Rsa, 0), new("PS384", KeyFamily.Rsa, 0), new("PS512", KeyFamily.Rsa, 0),
        new("ES256", KeyFamily.P256, 64), new("ES384", KeyFamily.P384, 96), new("ES512", KeyFamily.P521, 132),
        new("EdDSA", KeyFamily.Ed25519, 64), new("Ed25519", KeyFamily.Ed25519, 64),
    ];

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
