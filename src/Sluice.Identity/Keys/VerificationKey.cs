using System.Collections.Concurrent;
using System.Security.Cryptography;
using NSec.Cryptography;
using Sluice.Identity.Tokens;
using SignatureAlgorithm = Sluice.Identity.Tokens.SignatureAlgorithm;

namespace Sluice.Identity.Keys;

/// <summary>A provider's public key, ready to verify signatures. Safe for many threads.</summary>
internal sealed class VerificationKey
{
    private readonly PublicKey? _ed25519;
    private readonly Func<AsymmetricAlgorithm>? _create;

    // The platform's key objects are for one thread at a time, and take long to make. There are never more than threads that verify at once.
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];

    /// <param name="keyId"><c>kid</c>.</param>
    /// <param name="family">What kind of key.</param>
    /// <param name="algorithm"><c>alg</c>.</param>
    /// <param name="signatureBytes">Length of a signature.</param>
    /// <param name="thumbprint">RFC 7638.</param>
    /// <param name="create">Makes an <see cref="RSA"/> or <see cref="ECDsa"/> of this key.</param>
    /// <exception cref="CryptographicException">It is not a valid public key.</exception>
    public VerificationKey(string? keyId, KeyFamily family, string? algorithm, int signatureBytes, string thumbprint, Func<AsymmetricAlgorithm> create)
        : this(keyId, family, algorithm, signatureBytes, thumbprint)
    {
        _create = create;
        _idle.Add(create());
    }

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

    /// <summary>True when <paramref name="signature"/> is this key's over <paramref name="signed"/>.</summary>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        if (_ed25519 is not null)
        {
            return NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(_ed25519, signed, signature);
        }

        if (!_idle.TryTake(out var key))
        {
            key = _create!();
        }

        try
        {
            return Verify(key, algorithm, signed, signature);
        }
        catch (CryptographicException)
        {
            // Some platforms throw for a signature that cannot be one.
            return false;
        }
        finally
        {
            _idle.Add(key);
        }
    }

    private static bool Verify(AsymmetricAlgorithm key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) => key switch
    {
        RSA rsa => rsa.VerifyData(signed, signature, algorithm.Hash, algorithm.Padding!),
        ECDsa ecdsa => ecdsa.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        _ => false,
    };
}
