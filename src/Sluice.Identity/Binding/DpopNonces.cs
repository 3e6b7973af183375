using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Identity.Binding;

/// <summary>
/// Nonces that prove a DPoP proof was made lately (RFC 9449 §8–9). Made from the time and a key, so gateways that share the key need no other state.
/// </summary>
internal sealed class DpopNonces(DpopOptions options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = options.NonceKey is { } key ? Convert.FromBase64String(key) : RandomNumberGenerator.GetBytes(32);

    /// <summary>The nonce to give out now.</summary>
    public string Current => At(Index);

    /// <summary>Given out in this window or the one before: 5 to 10 minutes ago at most.</summary>
    public bool IsRecent(string nonce) =>
        string.Equals(nonce, At(Index), StringComparison.Ordinal) || string.Equals(nonce, At(Index - 1), StringComparison.Ordinal);

    private long Index => time.GetUtcNow().ToUnixTimeSeconds() / (long)Window.TotalSeconds;

    private string At(long index) => Base64UrlEncoder.Encode(HMACSHA256.HashData(_key, BitConverter.GetBytes(index))[..16]);
}
