using System.Security.Cryptography;
using System.Text;

namespace Sluice.State;

/// <summary>How API-key secrets are kept and checked.</summary>
/// <remarks>
/// Secrets are made here with 256 bits of randomness, so a salted fast hash cannot be searched; a slow one would make Basic the
/// slowest way in and an easy way to burn the gateway's CPU.
/// </remarks>
public static class ApiKeySecret
{
    private const int SaltBytes = 16;

    /// <summary>A new secret: <c>cflt</c>, as Confluent's begin, and 60 characters of base64url (360 random bits).</summary>
    public static string Create() =>
        "cflt" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(45)).Replace('+', '-').Replace('/', '_');

    /// <summary>The form to keep: <c>v1.&lt;salt&gt;.&lt;HMAC-SHA-256(salt, secret)&gt;</c>, base64.</summary>
    public static string Hash(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"v1.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(secret)))}";
    }

    /// <summary>True for texts that have the form of <see cref="Hash"/>.</summary>
    public static bool IsHash(string text) => text.Split('.') is ["v1", var salt, var digest]
        && IsBase64(salt, SaltBytes) && IsBase64(digest, HMACSHA256.HashSizeInBytes);

    /// <summary>True when <paramref name="secret"/> is the one that was hashed. Takes the same time wherever they differ.</summary>
    public static bool Verify(string hash, ReadOnlySpan<byte> secret)
    {
        var parts = hash.Split('.');
        if (parts is not ["v1", var salt, var digest])
        {
            return false;
        }

        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Convert.FromBase64String(salt), secret, actual);
        return CryptographicOperations.FixedTimeEquals(actual, Convert.FromBase64String(digest));
    }

    private static bool IsBase64(string text, int bytes)
    {
        Span<byte> decoded = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(text, decoded, out var written) && written == bytes;
    }
}
