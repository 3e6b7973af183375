using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Sluice.Hosting;

namespace Sluice.Dev.IdentityProvider;

/// <summary>An issuer's RSA key: made once, kept as PKCS #8 PEM that only its owner can read.</summary>
internal static class SigningKey
{
    private const int Bits = 2048;

    /// <returns>RS256 credentials; the key id is the key's RFC 7638 thumbprint, so it is the same after a restart.</returns>
    /// <exception cref="InvalidOperationException">The file is there but holds no usable key; the message says what to do.</exception>
    public static SigningCredentials LoadOrCreate(string path)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(PrivateFile.ReadOrCreate(path, NewKey));
            _ = rsa.ExportRSAPrivateKeyPem();
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new InvalidOperationException($"{path} holds no RSA private key. Delete it and start again: a new key is made.", exception);
        }

        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
    }

    private static string NewKey()
    {
        using var rsa = RSA.Create(Bits);
        return rsa.ExportPkcs8PrivateKeyPem();
    }
}
