using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Cli.Tokens;

/// <summary>A client's private key, from a PEM file (with its certificate, if there is one) or a JWK.</summary>
/// <param name="Key">RSA or EC; an <see cref="X509SecurityKey"/> when a certificate came with it.</param>
/// <param name="Algorithms">What it can sign with, the usual one first.</param>
internal sealed record ClientKey(SecurityKey Key, IReadOnlyList<string> Algorithms)
{
    private static readonly string[] Rsa = ["RS256", "PS256", "RS384", "PS384", "RS512", "PS512"];

    /// <exception cref="CommandFailure">The file holds no such key.</exception>
    public static ClientKey Load(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"The key file {file} cannot be read: {unreadable.Message}");
        }

        try
        {
            return text.TrimStart().StartsWith('{') ? FromJwk(text) : FromPem(text);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            throw CommandFailure.Usage(
                $"The file {file} holds no usable private key.", "It must be an RSA or EC key without passphrase, as PEM (-----BEGIN PRIVATE KEY-----) or JWK.");
        }
    }

    private static ClientKey FromJwk(string text)
    {
        var jwk = new JsonWebKey(text);
        return !jwk.HasPrivateKey ? throw new CryptographicException("no private members")
            : jwk.Kty == "RSA" ? new(jwk, Rsa)
            : new(jwk, [AlgorithmOf(jwk.Crv)]);
    }

    private static ClientKey FromPem(string text)
    {
        using var certificate = text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? X509Certificate2.CreateFromPem(text) : null;
        var pem = KeyIn(text);
        if (TryImport(RSA.Create(), pem) is { } rsa)
        {
            return new(certificate is null ? new RsaSecurityKey(rsa) : new X509SecurityKey(certificate.CopyWithPrivateKey(rsa)), Rsa);
        }

        var ec = TryImport(ECDsa.Create(), pem) ?? throw new CryptographicException("another kind of key");
        string[] algorithms = [ec.KeySize switch { 384 => "ES384", 521 => "ES512", _ => "ES256" }];
        return new(certificate is null ? new ECDsaSecurityKey(ec) : new X509SecurityKey(certificate.CopyWithPrivateKey(ec)), algorithms);
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
    private static string KeyIn(string text)
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

    private static string AlgorithmOf(string? curve) => curve switch
    {
        "P-256" => "ES256",
        "P-384" => "ES384",
        "P-521" => "ES512",
        _ => throw new CryptographicException("another kind of key"),
    };
}
