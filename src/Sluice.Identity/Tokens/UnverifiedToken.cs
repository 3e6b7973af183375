using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>A token that is well formed; nothing in it has been proved. Owns pooled memory: dispose it.</summary>
internal sealed class UnverifiedToken : IDisposable
{
    private readonly JsonDocument _claims;
    private byte[]? _text;

    private UnverifiedToken(byte[] text, int signedLength, TokenHeader header, byte[] payload, JsonDocument claims, byte[] signature)
    {
        _text = text;
        SignedLength = signedLength;
        Header = header;
        Payload = payload;
        _claims = claims;
        Signature = signature;
    }

    public TokenHeader Header { get; }

    /// <summary>The claims as they came, UTF-8.</summary>
    public byte[] Payload { get; }

    public JsonElement Claims => _claims.RootElement;

    public byte[] Signature { get; }

    /// <summary>The token's ASCII bytes, of which the first <see cref="SignedLength"/> are signed.</summary>
    public byte[] Text => _text ?? throw new ObjectDisposedException(nameof(UnverifiedToken));

    public int SignedLength { get; }

    /// <summary>Structural checks, all before any cryptography (RFC 7519 §7.2, RFC 8725 §3).</summary>
    /// <returns>Null when <paramref name="token"/> holds the result; otherwise why not.</returns>
    public static Refusal? Read(ReadOnlySpan<char> text, int maxBytes, out UnverifiedToken? token)
    {
        token = null;
        if (text.Length > maxBytes)
        {
            return Malformed($"The token is longer than {maxBytes} bytes (Sluice:Identity:MaxTokenBytes).");
        }

        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        var refusal = Ascii.FromUtf16(text, rented, out var length) == OperationStatus.Done
            ? Read(rented, length, out token)
            : Malformed("The token is not ASCII.");
        if (token is null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return refusal;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _text, null) is { } text)
        {
            _claims.Dispose();
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static Refusal? Read(byte[] text, int length, out UnverifiedToken? token)
    {
        token = null;
        var ascii = text.AsSpan(0, length);
        var parts = ascii.Count((byte)'.') + 1;
        if (parts != 3)
        {
            return Malformed(parts == 5
                ? "The token has five parts: it is encrypted (JWE), which is not accepted."
                : $"The token has {parts} parts; a signed JWT has three. Opaque tokens are not accepted.");
        }

        var firstDot = ascii.IndexOf((byte)'.');
        var signedLength = ascii.LastIndexOf((byte)'.');
        if (StrictBase64Url.DecodedLength(ascii[..firstDot]) is not (> 0 and <= TokenHeader.MaxBytes))
        {
            return Malformed($"The header is not strict base64url of 1 to {TokenHeader.MaxBytes} bytes.");
        }

        using var headerJson = StrictJson.ParseObject(StrictBase64Url.Decode(ascii[..firstDot]));
        if (headerJson is null)
        {
            return Malformed("The header is not a JSON object in UTF-8 without repeated members.");
        }

        if (TokenHeader.Read(headerJson.RootElement, out var header) is { } refusal)
        {
            return refusal;
        }

        if (StrictBase64Url.Decode(ascii[(firstDot + 1)..signedLength]) is not { Length: > 0 } payload)
        {
            return Malformed("The payload is not strict base64url.");
        }

        // Without a signature only what claims to be unsigned, which the algorithm's check refuses by its name.
        if (StrictBase64Url.Decode(ascii[(signedLength + 1)..]) is not { } signature || (signature.Length == 0 && header!.Algorithm is not null))
        {
            return Malformed("The signature is missing or not strict base64url.");
        }

        if (StrictJson.ParseObject(payload) is not { } claims)
        {
            return Malformed($"The payload is not a JSON object in UTF-8, at most {StrictJson.MaxDepth} deep and without repeated members.");
        }

        token = new UnverifiedToken(text, signedLength, header!, payload, claims, signature);
        return null;
    }

    private static Refusal Malformed(string detail) => new(RefusalRule.MalformedToken, detail);
}
