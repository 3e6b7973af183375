using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Kafka.Client.Wire.Security;

/// <summary>SCRAM-SHA-256 and SCRAM-SHA-512 (RFC 5802, RFC 7677), without channel binding.</summary>
internal sealed class ScramMechanism : ISaslMechanism
{
    private const string Gs2Header = "n,,";

    /// <summary>RFC 7677 asks for 4096; brokers refuse less. The upper bound keeps a hostile server from burning our time.</summary>
    private const int MinIterations = 4096;
    private const int MaxIterations = 1_000_000;

    private readonly HashAlgorithmName _hash;
    private readonly string _username;
    private readonly string _password;
    private readonly string _nonce;
    private string _clientFirstBare = "";
    private byte[]? _serverSignature;
    private bool _done;

    public ScramMechanism(string name, string username, string password)
        : this(name, username, password, Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)))
    {
    }

    /// <summary>With a nonce of the caller's choice: for the RFC's examples.</summary>
    internal ScramMechanism(string name, string username, string password, string nonce)
    {
        Name = name;
        _hash = name == "SCRAM-SHA-256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
        _username = username.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
        _password = password;
        _nonce = nonce;
    }

    public string Name { get; }

    public ValueTask<byte[]> StartAsync(CancellationToken cancellationToken)
    {
        _clientFirstBare = $"n={_username},r={_nonce}";
        return new(Encoding.UTF8.GetBytes(Gs2Header + _clientFirstBare));
    }

    public byte[]? Next(byte[] challenge)
    {
        var text = Encoding.UTF8.GetString(challenge);
        if (_done)
        {
            return null;
        }

        if (_serverSignature is null)
        {
            return Prove(text);
        }

        _done = true;
        var verifier = Attribute(text, 'v');
        if (verifier is null || !TryBase64(verifier, out var signature) || !CryptographicOperations.FixedTimeEquals(signature, _serverSignature))
        {
            throw Refused(Attribute(text, 'e') is { } error ? $"the broker answered {error}" : "the broker could not prove that it knows the password");
        }

        return null;
    }

    private byte[] Prove(string serverFirst)
    {
        var nonce = Attribute(serverFirst, 'r');
        if (nonce is null || nonce.Length <= _nonce.Length || !nonce.StartsWith(_nonce, StringComparison.Ordinal)
            || Attribute(serverFirst, 's') is not { } saltText || !TryBase64(saltText, out var salt)
            || !int.TryParse(Attribute(serverFirst, 'i'), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations)
        {
            throw Refused("the broker's first SCRAM message is not acceptable");
        }

        var size = _hash == HashAlgorithmName.SHA256 ? 32 : 64;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(_password), salt, iterations, _hash, size);
        var clientKey = Hmac(salted, "Client Key");
        var withoutProof = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(Gs2Header))},r={nonce}";
        var authMessage = $"{_clientFirstBare},{serverFirst},{withoutProof}";
        var proof = Hmac(CryptographicOperations.HashData(_hash, clientKey), authMessage);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= clientKey[i];
        }

        _serverSignature = Hmac(Hmac(salted, "Server Key"), authMessage);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    private byte[] Hmac(byte[] key, string text) => CryptographicOperations.HmacData(_hash, key, Encoding.UTF8.GetBytes(text));

    private static string? Attribute(string message, char name)
    {
        foreach (var part in message.Split(','))
        {
            if (part.Length >= 2 && part[0] == name && part[1] == '=')
            {
                return part[2..];
            }
        }

        return null;
    }

    private static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        bytes = bytes[..length];
        return true;
    }

    private static KafkaFailure Refused(string why) =>
        new(new KafkaError(KafkaErrorCode.SaslAuthenticationFailed, $"Authentication failed: {why}."));
}
