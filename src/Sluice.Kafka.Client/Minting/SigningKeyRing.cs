using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Kafka.Client.Minting;

/// <summary>Signs tokens (RS256) and publishes the keys by which brokers check them (RFC 7517). Keys take turns with overlap.</summary>
/// <remarks>
/// A new key is published for <see cref="SigningKeyRingOptions.PublishBeforeUse"/> before it signs, so that every broker has read it by then;
/// an old one stays published until the last token it signed has ended. Keys live in memory, or as PKCS#8 in files that only the owner can read.
/// </remarks>
public sealed class SigningKeyRing : ITokenMinter, IDisposable
{
    private const int KeyBits = 2048;

    private readonly Lock _gate = new();
    private readonly List<Key> _keys = []; // oldest first
    private readonly SigningKeyRingOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile string[] _keyIds = [];

    public SigningKeyRing(SigningKeyRingOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time ?? TimeProvider.System;
        Load();
        if (_keys.Count == 0)
        {
            // The very first key cannot wait: nothing is there to sign with meanwhile.
            Add(_time.GetUtcNow());
        }

        Turn();
        Publish();
        var period = TimeSpan.FromTicks(Math.Clamp(options.PublishBeforeUse.Ticks / 4, TimeSpan.TicksPerSecond, TimeSpan.TicksPerHour));
        _timer = _time.CreateTimer(_ => Turn(), null, period, period);
    }

    /// <summary>The public keys: a JWKS document.</summary>
    public string Jwks
    {
        get
        {
            lock (_gate)
            {
                return JwksOf(_keys);
            }
        }
    }

    /// <inheritdoc />
    public MintedToken Mint(string principal)
    {
        ArgumentException.ThrowIfNullOrEmpty(principal);
        var now = _time.GetUtcNow();
        var expires = now + _options.TokenLifetime;
        var subject = principal.StartsWith("User:", StringComparison.Ordinal) ? principal["User:".Length..] : principal;
        var value = Sign("JWT", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = _options.Issuer,
            ["aud"] = _options.Audience,
            ["sub"] = subject,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString("N"),
        }));
        return new MintedToken(value, DateTimeOffset.FromUnixTimeSeconds(expires.ToUnixTimeSeconds()));
    }

    /// <summary>A compact JWS (RFC 7515) over claims of the caller's choosing, signed with the key whose turn it is.</summary>
    /// <param name="type"><c>typ</c> of the header.</param>
    /// <param name="claims">A JSON object, UTF-8.</param>
    public string Sign(string type, ReadOnlySpan<byte> claims)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var key = _keys.FindLast(k => k.SignsFrom <= now) ?? _keys[0];
            var signed = $"{HeaderOf(key.Id, type)}.{Base64Url.EncodeToString(claims)}";
            var signature = key.Rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
    }

    /// <summary>The keys in use, oldest first. Another list when they change.</summary>
    public IReadOnlyList<string> KeyIds => _keyIds;

    /// <summary>The first part of every token of this type that this key signs, as it is written.</summary>
    public static string HeaderOf(string keyId, string type) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"RS256","typ":"{{type}}","kid":"{{keyId}}"}"""));

    /// <summary>True when a key of this ring signed the token. Says nothing of its claims.</summary>
    public bool Verify(string type, string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var end = token.LastIndexOf('.');
        if (end < 0 || !Base64Url.IsValid(token.AsSpan(end + 1)))
        {
            return false;
        }

        var signature = Base64Url.DecodeFromChars(token.AsSpan(end + 1));
        lock (_gate)
        {
            var key = _keys.Find(k => token.StartsWith(HeaderOf(k.Id, type) + ".", StringComparison.Ordinal));
            return key is not null
                && key.Rsa.VerifyData(Encoding.UTF8.GetBytes(token, 0, end), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    /// <summary>Publishes a new key now; it signs once every broker has had time to read it.</summary>
    public void Rotate()
    {
        lock (_gate)
        {
            Add(_time.GetUtcNow() + _options.PublishBeforeUse);
            Publish();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _keys.ForEach(k => k.Rsa.Dispose());
        }
    }

    private void Turn()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_keys[^1].SignsFrom + _options.RotateEvery <= now + _options.PublishBeforeUse)
            {
                Add(now + _options.PublishBeforeUse);
                Publish();
            }

            // A key's last token is signed when its successor starts, and lives for one lifetime; a minute for clocks that differ.
            while (_keys.Count > 1 && _keys[1].SignsFrom + _options.TokenLifetime + TimeSpan.FromMinutes(1) <= now)
            {
                _keys[0].Rsa.Dispose();
                if (_options.KeyDirectory is not null)
                {
                    File.Delete(PathOf(_keys[0]));
                }

                _keys.RemoveAt(0);
                Publish();
            }
        }
    }

    private void Add(DateTimeOffset signsFrom)
    {
        var rsa = RSA.Create(KeyBits);
        var id = Base64Url.EncodeToString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))[..16];
        var key = new Key(id, rsa, signsFrom);
        if (_options.KeyDirectory is not null)
        {
            Directory.CreateDirectory(_options.KeyDirectory);
            Write(PathOf(key), rsa.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _keys.Add(key);
    }

    private void Load()
    {
        if (_options.KeyDirectory is null || !Directory.Exists(_options.KeyDirectory))
        {
            return;
        }

        foreach (var path in Directory.GetFiles(_options.KeyDirectory, "*.pem"))
        {
            // SECONDS.ID.pem: when it begins to sign, and its kid.
            var parts = Path.GetFileName(path).Split('.');
            if (parts.Length == 3 && long.TryParse(parts[0], out var seconds))
            {
                var rsa = RSA.Create();
                rsa.ImportFromPem(File.ReadAllText(path));
                _keys.Add(new Key(parts[1], rsa, DateTimeOffset.FromUnixTimeSeconds(seconds)));
            }
        }

        _keys.Sort((a, b) => a.SignsFrom.CompareTo(b.SignsFrom));
    }

    private void Publish()
    {
        _keyIds = [.. _keys.Select(k => k.Id)];
        if (_options.JwksFile is not null)
        {
            const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            Write(_options.JwksFile, JwksOf(_keys), ReadableByAll);
        }
    }

    private string PathOf(Key key) => Path.Combine(_options.KeyDirectory!, $"{key.SignsFrom.ToUnixTimeSeconds()}.{key.Id}.pem");

    private static string JwksOf(List<Key> keys) => JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["keys"] = keys.ConvertAll(key =>
        {
            var rsa = key.Rsa.ExportParameters(includePrivateParameters: false);
            return new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = key.Id,
                ["n"] = Base64Url.EncodeToString(rsa.Modulus),
                ["e"] = Base64Url.EncodeToString(rsa.Exponent),
            };
        }),
    });

    /// <summary>A reader sees the old file or the new one, never half of it.</summary>
    private static void Write(string path, string text, UnixFileMode mode)
    {
        var next = path + ".new";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private sealed record Key(string Id, RSA Rsa, DateTimeOffset SignsFrom);
}
