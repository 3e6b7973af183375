using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;
using Key = NSec.Cryptography.Key;

namespace Sluice.Cli.Tokens;

/// <summary>Reads a client's private key: PEM (with its certificate, if there is one), a JWK (RFC 7517), or a set of one JWK.</summary>
internal static class ClientKeyFile
{
    /// <exception cref="CommandFailure">The file holds no such key.</exception>
    public static ClientKey Load(string file)
    {
        var text = InputFile.Read(file, "The key file");
        try
        {
            return text.TrimStart().StartsWith('{') ? FromJson(text) : FromPem(text);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException or FormatException or JsonException or InvalidOperationException)
        {
            throw CommandFailure.Usage(
                $"The file {file} holds no usable private key.",
                "It must be an RSA, EC (P-256, P-384, P-521) or Ed25519 key without passphrase, as PEM (-----BEGIN PRIVATE KEY-----) or JWK with all its private members.");
        }
    }

    private static ClientKey FromJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        var jwk = document.RootElement.TryGetProperty("keys", out var keys) ? keys.EnumerateArray().Single() : document.RootElement;
        var key = Text(jwk, "kty") switch
        {
            "RSA" => ClientKey.Of(Rsa(jwk)),
            "EC" => ClientKey.Of(Ec(jwk)),
            "OKP" when Text(jwk, "crv") == "Ed25519" =>
                ClientKey.Of(Key.Import(SignatureAlgorithm.Ed25519, Number(jwk, "d"), KeyBlobFormat.RawPrivateKey)),
            _ => throw new CryptographicException("another kind of key"),
        };

        // RFC 7517 §4.4: the one algorithm that the key is for.
        var only = Text(jwk, "alg") switch
        {
            "Ed25519" => "EdDSA",
            var other => other,
        };
        return key with
        {
            KeyId = Text(jwk, "kid"),
            Algorithms = only is null ? key.Algorithms : key.Algorithms.Contains(only) ? [only] : throw new CryptographicException("an algorithm that does not fit"),
        };
    }

    private static RSA Rsa(JsonElement jwk) => RSA.Create(new RSAParameters
    {
        Modulus = Number(jwk, "n"),
        Exponent = Number(jwk, "e"),
        D = Number(jwk, "d"),
        P = Number(jwk, "p"),
        Q = Number(jwk, "q"),
        DP = Number(jwk, "dp"),
        DQ = Number(jwk, "dq"),
        InverseQ = Number(jwk, "qi"),
    });

    private static ECDsa Ec(JsonElement jwk) => ECDsa.Create(new ECParameters
    {
        Curve = Text(jwk, "crv") switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            "P-521" => ECCurve.NamedCurves.nistP521,
            _ => throw new CryptographicException("another curve"),
        },
        Q = new ECPoint { X = Number(jwk, "x"), Y = Number(jwk, "y") },
        D = Number(jwk, "d"),
    });

    private static byte[] Number(JsonElement jwk, string member) =>
        Text(jwk, member) is { } text ? Base64Url.DecodeFromChars(text) : throw new CryptographicException("a member is missing");

    private static string? Text(JsonElement jwk, string member) => jwk.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static ClientKey FromPem(string text)
    {
        var key = KeyIn(KeyPem(text));
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(text);
        return certificates.Count == 0
            ? key
            : key with
            {
                Certificate = certificates.FirstOrDefault(c => c.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.PublicKey))
                    ?? throw CommandFailure.Usage("None of the certificates in the key's file belongs to the key.", "Put the key's own there, or none."),
            };
    }

    private static ClientKey KeyIn(string pem)
    {
        if (TryImport(RSA.Create(), pem) is { } rsa)
        {
            return ClientKey.Of(rsa);
        }

        if (TryImport(ECDsa.Create(), pem) is { } ec)
        {
            return ClientKey.Of(ec);
        }

        return Key.TryImport(SignatureAlgorithm.Ed25519, Encoding.ASCII.GetBytes(pem), KeyBlobFormat.PkixPrivateKeyText, out var edwards)
            ? ClientKey.Of(edwards!)
            : throw new CryptographicException("another kind of key");
    }

    private static T? TryImport<T>(T algorithm, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            algorithm.ImportFromPem(pem);
            return algorithm;
        }
        catch (Exception other) when (other is CryptographicException or ArgumentException)
        {
            algorithm.Dispose();
            return null;
        }
    }

    // Among certificates and parameters there must be one private key; a public one would only fail later.
    private static string KeyPem(string text)
    {
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (rest[found.Label].EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                return rest[found.Location].ToString();
            }

            rest = rest[found.Location.End..];
        }

        throw new CryptographicException("no private key");
    }
}
