using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Testing.Kafka;

/// <summary>
/// A certificate authority, a server certificate for loopback and a client certificate, as PEM files in a directory of their own:
/// what the launcher's <c>--tls</c> takes, and what clients need.
/// </summary>
public sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("sluice-test-certificates-");

    /// <param name="client">The client certificate's subject: a broker's principal is <c>User:CN=…</c>.</param>
    public TestCertificates(string client = "gateway")
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Sluice test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        Write(authority, "CN=127.0.0.1", BrokerFile, null, now);
        Write(authority, "CN=127.0.0.1", ServerFile, ServerKeyFile, now);
        Write(authority, $"CN={client}", ClientFile, ClientKeyFile, now);
    }

    /// <summary>For <see cref="RealKafkaOptions.TlsDirectory"/>.</summary>
    public string Directory => _directory.FullName;

    public string AuthorityFile => Path.Combine(Directory, "ca.pem");

    /// <summary>For 127.0.0.1 and localhost.</summary>
    public string ServerFile => Path.Combine(Directory, "server.crt");

    public string ServerKeyFile => Path.Combine(Directory, "server.key");

    public string ClientFile => Path.Combine(Directory, "client.crt");

    public string ClientKeyFile => Path.Combine(Directory, "client.key");

    private string BrokerFile => Path.Combine(Directory, "broker.pem");

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Key and certificate in two files, or in one.</summary>
    private static void Write(X509Certificate2 authority, string subject, string file, string? keyFile, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, now.AddDays(-1), now.AddDays(29), RandomNumberGenerator.GetBytes(16));
        var keyText = key.ExportPkcs8PrivateKeyPem() + "\n";
        File.WriteAllText(file, (keyFile is null ? keyText : "") + certificate.ExportCertificatePem() + "\n" + (keyFile is null ? authority.ExportCertificatePem() + "\n" : ""));
        if (keyFile is not null)
        {
            File.WriteAllText(keyFile, keyText);
        }
    }
}
