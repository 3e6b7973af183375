using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Identity.Tests;

/// <summary>Certificates made by a test.</summary>
internal static class TestCertificates
{
    public static X509Certificate2 SelfSigned(string subject, RSA? key = null)
    {
        var request = new CertificateRequest(subject, key ?? RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
