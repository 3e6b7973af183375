using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Identity.Tokens;

/// <summary>SHA-256 of a token's text, which a DPoP proof's <c>ath</c> must be, or of a proof's name.</summary>
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int OnStack = 4096;

    /// <summary>Of a token, which is ASCII.</summary>
    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        Span<byte> ascii = token.Length <= OnStack ? stackalloc byte[OnStack] : new byte[token.Length];
        Ascii.FromUtf16(token, ascii, out var length);
        return Of(ascii[..length]);
    }

    public static TokenHash Of(ReadOnlySpan<byte> bytes)
    {
        Span<ulong> hash = stackalloc ulong[4];
        SHA256.HashData(bytes, MemoryMarshal.AsBytes(hash));
        return new TokenHash(hash[0], hash[1], hash[2], hash[3]);
    }

    public bool EqualsBytes(ReadOnlySpan<byte> bytes)
    {
        Span<ulong> hash = [A, B, C, D];
        return bytes.SequenceEqual(MemoryMarshal.AsBytes(hash));
    }

    // Any part of a SHA-256 is as good a hash as another.
    public override int GetHashCode() => (int)A;
}
