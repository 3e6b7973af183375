using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Sluice.Hosting;

/// <summary>Client certificates on TLS listeners, for certificate-bound tokens (RFC 8705).</summary>
internal static class ClientCertificates
{
    /// <summary>
    /// Asks each client for a certificate and takes any or none. Whoever sends one proves to hold its key, which is all that a bound token wants: its
    /// issuer's word is the token's thumbprint, not a chain (§3).
    /// </summary>
    public static void Allow(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
    }
}
