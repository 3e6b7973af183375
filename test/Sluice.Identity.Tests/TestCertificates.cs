using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Identity.Tests;

/// <summary>Certificates made by a test, good around the day that fake clocks show and the day that it runs.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2045, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static X509Certificate2 SelfSigned(string subject, RSA? key = null) =>
        new CertificateRequest(subject, key ?? RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(From, Until);

    public static X509Certificate2 Authority(string subject)
    {
        var request = new CertificateRequest(subject, RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(From, Until);
    }

    public static X509Certificate2 Server(X509Certificate2 authority, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(authority, From, Until, [1, 2, 3, 4, 5, 6, 7, 8]);
        using var whole = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
