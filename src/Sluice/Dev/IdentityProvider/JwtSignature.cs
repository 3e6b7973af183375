using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Sluice.Dev.IdentityProvider;

/// <summary>The third part of a JWS.</summary>
internal static class JwtSignature
{
    public static string Create(string signingInput, SigningCredentials credentials)
    {
        var factory = credentials.CryptoProviderFactory ?? credentials.Key.CryptoProviderFactory;
        var provider = factory.CreateForSigning(credentials.Key, credentials.Algorithm);
        try
        {
            return Base64UrlEncoder.Encode(provider.Sign(Encoding.ASCII.GetBytes(signingInput)));
        }
        finally
        {
            factory.ReleaseSignatureProvider(provider);
        }
    }
}
