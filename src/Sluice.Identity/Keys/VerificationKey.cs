using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;
using NSec.Cryptography;
using Sluice.Identity.Tokens;
using SignatureAlgorithm = Sluice.Identity.Tokens.SignatureAlgorithm;

namespace Sluice.Identity.Keys;

/// <summary>A provider's public key, ready to verify signatures. Safe for many threads.</summary>
internal sealed class VerificationKey
{
    private readonly SecurityKey? _key;
    private readonly PublicKey? _ed25519;
    private readonly ConcurrentDictionary<string, SignatureProvider> _providers = new(StringComparer.Ordinal);

    public VerificationKey(string? keyId, KeyFamily family, string? algorithm, int signatureBytes, string thumbprint, SecurityKey key)
        : this(keyId, family, algorithm, signatureBytes, thumbprint) => _key = key;

    public VerificationKey(string? keyId, string? algorithm, string thumbprint, PublicKey key)
        : this(keyId, KeyFamily.Ed25519, algorithm, 64, thumbprint) => _ed25519 = key;

    private VerificationKey(string? keyId, KeyFamily family, string? algorithm, int signatureBytes, string thumbprint)
    {
        KeyId = keyId;
        Family = family;
        Algorithm = algorithm;
        SignatureBytes = signatureBytes;
        Thumbprint = thumbprint;
    }

    public string? KeyId { get; }

    public KeyFamily Family { get; }

    /// <summary>The one algorithm that the key is for, if its publisher says so.</summary>
    public string? Algorithm { get; }

    /// <summary>RFC 7638, base64url: equal for equal keys, whatever else is said about them.</summary>
    public string Thumbprint { get; }

    /// <summary>Every signature made with it is this long.</summary>
    public int SignatureBytes { get; }

    /// <summary>A token with this algorithm may be signed with this key.</summary>
    public bool Fits(SignatureAlgorithm algorithm) =>
        algorithm.Family == Family
        && (Algorithm is null || Family == KeyFamily.Ed25519 || string.Equals(Algorithm, algorithm.Name, StringComparison.Ordinal));

    /// <summary>True when <paramref name="signature"/> is this key's over the first <paramref name="length"/> bytes of <paramref name="signed"/>.</summary>
    public bool Verify(SignatureAlgorithm algorithm, byte[] signed, int length, byte[] signature)
    {
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        if (_ed25519 is not null)
        {
            return NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(_ed25519, signed.AsSpan(0, length), signature);
        }

        var provider = _providers.GetOrAdd(
            algorithm.Name, static (name, key) => CryptoProviderFactory.Default.CreateForVerifying(key, name, cacheProvider: false), _key!);
        return provider.Verify(signed, 0, length, signature, 0, signature.Length);
    }
}
