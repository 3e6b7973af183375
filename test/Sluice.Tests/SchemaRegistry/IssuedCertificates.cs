using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Tests.SchemaRegistry;

/// <summary>A root, an issuing authority below it, and a certificate for loopback: what an organization's own authority hands out.</summary>
internal sealed class IssuedCertificates : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);

    private readonly RSA _rootKey = RSA.Create(2048);
    private readonly RSA _issuerKey = RSA.Create(2048);
    private readonly RSA _serverKey = RSA.Create(2048);

    public IssuedCertificates()
    {
        Root = Authority("CN=Sluice test root", _rootKey).CreateSelfSigned(From, From.AddDays(30));
        using var issuer = Authority("CN=Sluice test issuer", _issuerKey).Create(Root, From, From.AddDays(29), RandomNumberGenerator.GetBytes(16));
        Issuer = issuer.CopyWithPrivateKey(_issuerKey);
        Server = For(IPAddress.Loopback);
        Elsewhere = For(IPAddress.Parse("192.0.2.1"));
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Issuer { get; }

    public X509Certificate2 Server { get; }

    /// <summary>As good as <see cref="Server"/>, but another host's.</summary>
    public X509Certificate2 Elsewhere { get; }

    public void Dispose()
    {
        Elsewhere.Dispose();
        Server.Dispose();
        Issuer.Dispose();
        Root.Dispose();
        _serverKey.Dispose();
        _issuerKey.Dispose();
        _rootKey.Dispose();
    }

    private X509Certificate2 For(IPAddress host)
    {
        var request = new CertificateRequest($"CN={host}", _serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(Issuer, From, From.AddDays(28), RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(_serverKey);
    }

    private static CertificateRequest Authority(string name, RSA key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        return request;
    }
}
