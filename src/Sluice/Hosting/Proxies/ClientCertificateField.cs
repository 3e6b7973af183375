using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Hosting.Proxies;

/// <summary>The client's certificate as proxies write it into a field.</summary>
internal static class ClientCertificateField
{
    private const int MaxLength = 32 * 1024;
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <summary>
    /// RFC 9440's <c>:base64 of DER:</c>, as HAProxy, Envoy and Apache can write it; the same without colons; or PEM, percent-encoded as by nginx
    /// (<c>$ssl_client_escaped_cert</c>) and AWS. Null when it is none of these: then there is no certificate.
    /// </summary>
    public static X509Certificate2? Read(string value)
    {
        if (value.Length > MaxLength)
        {
            return null;
        }

        var text = value.Trim();
        if (text.Length > 1 && text[0] == ':' && text[^1] == ':')
        {
            text = text[1..^1];
        }
        else if (text.Contains('%', StringComparison.Ordinal))
        {
            text = Uri.UnescapeDataString(text);
        }

        // Only the first one: what follows is the chain.
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        if (begin >= 0)
        {
            var end = text.IndexOf(End, begin, StringComparison.Ordinal);
            if (begin > 0 || end < 0)
            {
                return null;
            }

            text = text[Begin.Length..end];
        }

        var der = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, der, out var length))
        {
            return null;
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(der.AsSpan(0, length));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
