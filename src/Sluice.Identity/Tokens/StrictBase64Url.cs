using System.Buffers;
using System.Buffers.Text;

namespace Sluice.Identity.Tokens;

/// <summary>
/// Base64url as RFC 7515 §2 has it: no padding, no white space, no other alphabet, and zero in the bits that encode nothing, so that a token has
/// exactly one spelling. The platform's decoder overlooks all four.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>The decoded length, or −1 when <paramref name="encoded"/> is not strict base64url.</summary>
    public static int DecodedLength(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IndexOfAnyExcept(Alphabet) >= 0)
        {
            return -1;
        }

        var tail = encoded.Length % 4;
        return tail switch
        {
            0 => encoded.Length / 4 * 3,
            2 when (Value(encoded[^1]) & 0b1111) == 0 => (encoded.Length / 4 * 3) + 1,
            3 when (Value(encoded[^1]) & 0b11) == 0 => (encoded.Length / 4 * 3) + 2,
            _ => -1,
        };
    }

    /// <summary>Decodes into the beginning of <paramref name="bytes"/>, which must have room.</summary>
    /// <returns>How many bytes it was, or −1 when <paramref name="encoded"/> is not strict base64url.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> bytes)
    {
        var length = DecodedLength(encoded);
        return length >= 0 && Base64Url.DecodeFromUtf8(encoded, bytes, out _, out var written) == OperationStatus.Done && written == length ? length : -1;
    }

    /// <summary>The bytes, or null when <paramref name="encoded"/> is not strict base64url.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> encoded)
    {
        var length = DecodedLength(encoded);
        if (length < 0)
        {
            return null;
        }

        var bytes = new byte[length];
        return Decode(encoded, bytes) == length ? bytes : null;
    }

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte})"/>
    public static byte[]? Decode(string encoded)
    {
        Span<byte> ascii = encoded.Length <= 1024 ? stackalloc byte[encoded.Length] : new byte[encoded.Length];
        return System.Text.Ascii.FromUtf16(encoded, ascii, out _) == OperationStatus.Done ? Decode(ascii) : null;
    }

    private static int Value(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'-' => 62,
        _ => 63,
    };
}
