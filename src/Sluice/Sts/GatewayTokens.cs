using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sluice.Kafka.Client.Minting;
using Sluice.State;

namespace Sluice.Sts;

/// <summary>Signs the gateway's own tokens, publishes the keys, and reads the tokens back.</summary>
internal sealed class GatewayTokens : IDisposable
{
    private const string Type = "at+jwt";
    private const int MaxRemembered = 10_000;

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    // Making a key takes a while: it waits for the first token, unless keys from before are there.
    private readonly Lazy<SigningKeyRing> _keys;
    private readonly TimeProvider _time;

    // Signatures are checked once. Full: forgotten together, which costs one check each.
    private readonly ConcurrentDictionary<string, OwnClaims> _seen = new(StringComparer.Ordinal);
    private volatile KnownHeaders _headers = new([], []);

    public GatewayTokens(IOptions<StsOptions> options, TimeProvider time)
    {
        var settings = options.Value;
        _time = time;
        var ring = new SigningKeyRingOptions
        {
            Issuer = "", // Claims are made here.
            Audience = "",
            TokenLifetime = settings.SessionLifetime > settings.TokenLifetime ? settings.SessionLifetime : settings.TokenLifetime,
            RotateEvery = settings.RotateEvery,
            KeyDirectory = settings.KeyDirectory,
        };
        _keys = Directory.Exists(settings.KeyDirectory) ? new(new SigningKeyRing(ring, time)) : new(() => new SigningKeyRing(ring, time));
    }

    /// <summary>The public keys: a JWK Set.</summary>
    public string Jwks => _keys.Value.Jwks;

    /// <summary>Publishes a new key; it signs in two hours.</summary>
    public void Rotate() => _keys.Value.Rotate();

    public string Sign(OwnClaims claims) => _keys.Value.Sign(Type, JsonSerializer.SerializeToUtf8Bytes(claims, OwnClaimsJson.Default.OwnClaims));

    /// <summary>
    /// True when the text begins as this gateway's tokens do, and is spelled as tokens are. Says nothing of its signature. What is spelled otherwise (padding,
    /// something behind it) is refused by the way of all other tokens, for what is wrong with it.
    /// </summary>
    /// <remarks>HOT: asked of every bearer token; allocates only after keys have changed.</remarks>
    public bool LooksOwn(ReadOnlySpan<char> token)
    {
        var dot = token.IndexOf('.');
        if (dot < 0 || !_keys.IsValueCreated)
        {
            return false;
        }

        foreach (var header in CurrentHeaders())
        {
            if (token[..dot].SequenceEqual(header))
            {
                return token[dot..].IndexOfAnyExcept(TokenCharacters) < 0;
            }
        }

        return false;
    }

    /// <summary>The claims; null when the signature is not this gateway's. Their times are the caller's to check.</summary>
    public OwnClaims? Read(string token)
    {
        if (_seen.TryGetValue(token, out var seen))
        {
            return seen;
        }

        if (!_keys.Value.Verify(Type, token))
        {
            return null;
        }

        // Signed here, so well-formed: three parts, and claims that were serialized from the same record.
        var payload = Base64Url.DecodeFromChars(token.Split('.')[1]);
        var claims = JsonSerializer.Deserialize(payload, OwnClaimsJson.Default.OwnClaims)!;
        if (_seen.Count >= MaxRemembered)
        {
            _seen.Clear();
        }

        _seen[token] = claims;
        return claims;
    }

    /// <summary>True when the token's time is over.</summary>
    public bool IsOver(OwnClaims claims) => _time.GetUtcNow().ToUnixTimeSeconds() >= claims.Expires;

    /// <summary>What an API key's tokens rest on: another secret ends them.</summary>
    public static string RestsOn(ApiKey key) => Digest(key.SecretHash);

    /// <summary>What a pool's tokens rest on: another filter, claim or provider, or other demands of its provider, end them.</summary>
    public static string RestsOn(IdentityPool pool, IdentityProvider provider) => Digest(string.Join(
        '\n',
        [
            pool.Filter, pool.IdentityClaim, provider.Issuer, provider.JwksUri, .. provider.OtherIssuers.SelectMany(other => new[] { other.Issuer, other.JwksUri }),
            "aud", .. provider.ExpectedAudiences, "alg", .. provider.AllowedAlgorithms, provider.RequireAccessTokenType ? "at+jwt" : "",
        ]));

    public void Dispose()
    {
        if (_keys.IsValueCreated)
        {
            _keys.Value.Dispose();
        }
    }

    private string[] CurrentHeaders()
    {
        var known = _headers;
        var ids = _keys.Value.KeyIds;
        if (!ReferenceEquals(known.KeyIds, ids))
        {
            known = new KnownHeaders(ids, [.. ids.Select(id => SigningKeyRing.HeaderOf(id, Type))]);
            _headers = known;
        }

        return known.Headers;
    }

    private static string Digest(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));

    private sealed record KnownHeaders(IReadOnlyList<string> KeyIds, string[] Headers);
}
