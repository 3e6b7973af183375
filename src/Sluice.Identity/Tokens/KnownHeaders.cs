using System.Runtime.InteropServices;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Headers of tokens whose signature held: an issuer's tokens all begin alike, so that the header need not be read again. A few for the whole process;
/// the newest takes the place of another.
/// </summary>
internal static class KnownHeaders
{
    private const int Slots = 64;
    private const int MaxLength = 512;

    private static readonly Entry?[] Entries = new Entry?[Slots];

    /// <summary>What this text, base64url, was read as before; null when it was not, or is not remembered.</summary>
    public static TokenHeader? Find(ReadOnlySpan<byte> encoded) =>
        encoded.Length <= MaxLength && Volatile.Read(ref Entries[SlotOf(encoded)]) is { } entry && encoded.SequenceEqual(entry.Encoded) ? entry.Header : null;

    public static void Keep(ReadOnlySpan<byte> encoded, TokenHeader header)
    {
        if (encoded.Length <= MaxLength)
        {
            Volatile.Write(ref Entries[SlotOf(encoded)], new Entry(encoded.ToArray(), header));
        }
    }

    private static int SlotOf(ReadOnlySpan<byte> encoded)
    {
        ulong hash = (ulong)encoded.Length;
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(encoded))
        {
            hash = (hash ^ eight) * 0x9E37_79B9_7F4A_7C15;
        }

        return (int)(hash >> 58);
    }

    private sealed record Entry(byte[] Encoded, TokenHeader Header);
}
