using System.Text.Json;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Keys;

/// <summary>The usable keys that a provider publishes, as of one fetch. Immutable.</summary>
internal sealed class KeySet
{
    private const int MaxSkipped = 20;

    private readonly VerificationKey[] _keys;

    private KeySet(VerificationKey[] keys, IReadOnlyList<string> skipped)
    {
        _keys = keys;
        Skipped = skipped;
    }

    public IReadOnlyList<VerificationKey> Keys => _keys;

    /// <summary>Why the other keys of the set are not used, a sentence each.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>A JWK Set (RFC 7517 §5), or null when it is none. Unusable keys are left out.</summary>
    public static KeySet? Parse(byte[] utf8, int maxKeys)
    {
        // RFC 8259 §8.1 lets readers overlook a byte order mark; sets on static web space have them.
        using var document = StrictJson.ParseObject(utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsMemory(3) : utf8);
        if (document is null || !document.RootElement.TryGetProperty("keys", out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var keys = new List<VerificationKey>();
        var skipped = new List<string>();
        var index = 0;
        foreach (var jwk in array.EnumerateArray())
        {
            if (keys.Count == maxKeys)
            {
                skipped.Add($"only the first {maxKeys} usable keys are kept");
                break;
            }

            if (JwkReader.Read(jwk, out var key) is { } reason)
            {
                if (skipped.Count < MaxSkipped)
                {
                    skipped.Add($"key {index}: {reason}");
                }
            }
            else
            {
                keys.Add(key!);
            }

            index++;
        }

        return new KeySet([.. keys], skipped);
    }

    /// <summary>The same keys under the same names, in any order.</summary>
    public bool HasSameKeysAs(KeySet other) =>
        _keys.Length == other._keys.Length && Array.TrueForAll(_keys, other.Contains);

    /// <summary>Still publishes this key, under this name and for this algorithm.</summary>
    public bool Contains(VerificationKey key) => Array.Exists(_keys, one =>
        string.Equals(one.Thumbprint, key.Thumbprint, StringComparison.Ordinal)
        && string.Equals(one.KeyId, key.KeyId, StringComparison.Ordinal)
        && string.Equals(one.Algorithm, key.Algorithm, StringComparison.Ordinal));

    /// <summary>Publishes any key under this name.</summary>
    public bool HasKeyId(string keyId) => Array.Exists(_keys, key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal));

    /// <summary>How many keys a token may be signed with: those of its <c>kid</c> when it has one, and of its algorithm.</summary>
    public int CountFor(TokenHeader header)
    {
        var count = 0;
        foreach (var key in _keys)
        {
            count += MaySign(key, header) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The key that <paramref name="token"/> is signed with, of those it may be signed with; null when it is none of them.</summary>
    public VerificationKey? FindSigner(UnverifiedToken token)
    {
        foreach (var key in _keys)
        {
            if (MaySign(key, token.Header) && key.Verify(token.Header.Algorithm!, token.Signed, token.Signature))
            {
                return key;
            }
        }

        return null;
    }

    private static bool MaySign(VerificationKey key, TokenHeader header) =>
        header.Algorithm is { } algorithm && key.Fits(algorithm) && (header.KeyId is null || string.Equals(key.KeyId, header.KeyId, StringComparison.Ordinal));
}
