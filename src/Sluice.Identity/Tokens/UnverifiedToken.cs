using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>A token that is well formed; nothing in it has been proved. Owns pooled memory: dispose it.</summary>
/// <remarks>HOT for tokens that were never seen: the parts are decoded into one rented buffer, behind the text.</remarks>
internal sealed class UnverifiedToken : IDisposable
{
    private readonly JsonDocument _claims;
    private readonly Layout _layout;
    private readonly bool _isHeaderKnown;
    private byte[]? _buffer;

    private UnverifiedToken(byte[] buffer, in Layout layout, TokenHeader header, bool isHeaderKnown, JsonDocument claims)
    {
        _buffer = buffer;
        _layout = layout;
        Header = header;
        _isHeaderKnown = isHeaderKnown;
        _claims = claims;
    }

    public TokenHeader Header { get; }

    public JsonElement Claims => _claims.RootElement;

    /// <summary>What the signature is over: the token's ASCII bytes up to its last dot.</summary>
    public ReadOnlySpan<byte> Signed => Buffer.AsSpan(0, _layout.SecondDot);

    public ReadOnlySpan<byte> Signature => Buffer.AsSpan(_layout.SignatureAt, _layout.SignatureLength);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(UnverifiedToken));

    /// <summary>Structural checks, all before any cryptography (RFC 7519 §7.2, RFC 8725 §3).</summary>
    /// <returns>Null when <paramref name="token"/> holds the result; otherwise why not.</returns>
    public static Refusal? Read(ReadOnlySpan<char> text, int maxBytes, out UnverifiedToken? token)
    {
        token = null;
        if (text.Length > maxBytes)
        {
            return Malformed($"The token is longer than {maxBytes} bytes (Sluice:Identity:MaxTokenBytes).");
        }

        // What is decoded is at most three quarters of what was encoded.
        var rented = ArrayPool<byte>.Shared.Rent(2 * text.Length);
        var refusal = Ascii.FromUtf16(text, rented, out var length) == OperationStatus.Done
            ? Read(rented, length, out token)
            : Malformed("The token is not ASCII.");
        if (token is null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return refusal;
    }

    /// <summary>Makes the next token with this header cheaper. Only for a token whose signature held: what nobody vouches for is not remembered.</summary>
    public void KeepHeader()
    {
        if (!_isHeaderKnown)
        {
            KnownHeaders.Keep(Buffer.AsSpan(0, _layout.FirstDot), Header);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            _claims.Dispose();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Refusal? Read(byte[] buffer, int length, out UnverifiedToken? token)
    {
        token = null;
        var ascii = buffer.AsSpan(0, length);
        var parts = ascii.Count((byte)'.') + 1;
        if (parts != 3)
        {
            return Malformed(parts == 5
                ? "The token has five parts: it is encrypted (JWE), which is not accepted."
                : $"The token has {parts} parts; a signed JWT has three. Opaque tokens are not accepted.");
        }

        var firstDot = ascii.IndexOf((byte)'.');
        var secondDot = ascii.LastIndexOf((byte)'.');
        var known = KnownHeaders.Find(ascii[..firstDot]);
        var header = known;
        if (header is null && ReadHeader(ascii[..firstDot], out header) is { } refusal)
        {
            return refusal;
        }

        var payloadLength = StrictBase64Url.Decode(ascii[(firstDot + 1)..secondDot], buffer.AsSpan(length));
        if (payloadLength <= 0)
        {
            return Malformed("The payload is not strict base64url.");
        }

        // Without a signature only what claims to be unsigned, which the algorithm's check refuses by its name.
        var signatureAt = length + payloadLength;
        var signatureLength = StrictBase64Url.Decode(ascii[(secondDot + 1)..], buffer.AsSpan(signatureAt));
        if (signatureLength < 0 || (signatureLength == 0 && header!.Algorithm is not null))
        {
            return Malformed("The signature is missing or not strict base64url.");
        }

        if (StrictJson.ParseObject(buffer.AsMemory(length, payloadLength)) is not { } claims)
        {
            return Malformed($"The payload is not a JSON object in UTF-8, at most {StrictJson.MaxDepth} deep and without repeated members.");
        }

        token = new UnverifiedToken(buffer, new Layout(firstDot, secondDot, signatureAt, signatureLength), header!, known is not null, claims);
        return null;
    }

    private static Refusal? ReadHeader(ReadOnlySpan<byte> encoded, out TokenHeader? header)
    {
        header = null;
        if (StrictBase64Url.DecodedLength(encoded) is not (> 0 and <= TokenHeader.MaxBytes))
        {
            return Malformed($"The header is not strict base64url of 1 to {TokenHeader.MaxBytes} bytes.");
        }

        using var json = StrictJson.ParseObject(StrictBase64Url.Decode(encoded));
        return json is null
            ? Malformed("The header is not a JSON object in UTF-8 without repeated members.")
            : TokenHeader.Read(json.RootElement, out header);
    }

    private static Refusal Malformed(string detail) => new(RefusalRule.MalformedToken, detail);

    // Where things are in the buffer.
    private readonly record struct Layout(int FirstDot, int SecondDot, int SignatureAt, int SignatureLength);
}
