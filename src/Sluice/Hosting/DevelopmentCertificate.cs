using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Hosting;

/// <summary>
/// The certificate of <c>sluice dev --tls</c>, for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>, and the authority that signed it: made once,
/// kept in the data directory's folder <c>tls</c>, made anew when a month is left.
/// </summary>
/// <remarks>
/// The authority's private key is forgotten as soon as it has signed. Whoever trusts <c>ca.pem</c> trusts this one certificate and nothing
/// that could be signed later; the price is that both are replaced together.
/// </remarks>
internal sealed class DevelopmentCertificate : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397); // the longest that browsers accept
    private static readonly TimeSpan RenewalMargin = TimeSpan.FromDays(30);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    private DevelopmentCertificate(X509Certificate2 authority, X509Certificate2 server, string authorityFile) =>
        (Authority, Server, AuthorityFile) = (authority, server, authorityFile);

    /// <summary>The PEM file to give to clients: <c>curl --cacert</c>. Holds no key.</summary>
    public string AuthorityFile { get; }

    /// <summary>The certificate in <see cref="AuthorityFile"/>.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>What the listener presents, with its private key.</summary>
    public X509Certificate2 Server { get; }

    public static DevelopmentCertificate LoadOrCreate(string dataDirectory, TimeProvider time)
    {
        var folder = Path.GetFullPath(Path.Combine(dataDirectory, "tls"));
        var files = (Authority: Path.Combine(folder, "ca.pem"), Server: Path.Combine(folder, "server.pem"));
        var now = time.GetUtcNow();
        if (TryLoad(files.Authority, files.Server, now) is { } kept)
        {
            return kept;
        }

        var (authority, server) = Create(now);
        PrivateFile.Write(files.Server, server, replace: true);
        File.WriteAllText(files.Authority, authority); // for everybody; torn by a crash, it is made anew
        return TryLoad(files.Authority, files.Server, now)
            ?? throw new InvalidOperationException($"The certificate just made in {folder} cannot be used. Delete that folder and start again.");
    }

    /// <summary>Trusts this authority and no other: for a client that is to reach this server.</summary>
    public X509ChainPolicy TrustPolicy() => Trust(Authority);

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }

    /// <returns>Null when a file is missing, broken, near its end, or the two do not belong together: all cured by making new ones.</returns>
    private static DevelopmentCertificate? TryLoad(string authorityFile, string serverFile, DateTimeOffset now)
    {
        X509Certificate2? authority = null;
        X509Certificate2? server = null;
        try
        {
            authority = X509CertificateLoader.LoadCertificateFromFile(authorityFile);
            var pem = PrivateFile.Read(serverFile);
            server = Usable(X509Certificate2.CreateFromPem(pem, pem));
            if (IsGood(authority, server, now))
            {
                return new DevelopmentCertificate(authority, server, authorityFile);
            }
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FileNotFoundException or DirectoryNotFoundException)
        {
            // Made anew by the caller.
        }

        authority?.Dispose();
        server?.Dispose();
        return null;
    }

    private static bool IsGood(X509Certificate2 authority, X509Certificate2 server, DateTimeOffset now)
    {
        using var chain = new X509Chain { ChainPolicy = Trust(authority) };
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        return server.NotAfter.ToUniversalTime() - now.UtcDateTime > RenewalMargin && chain.Build(server);
    }

    private static X509ChainPolicy Trust(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private static (string Authority, string Server) Create(DateTimeOffset now)
    {
        var (from, to) = (now - ClockSkew, now + Lifetime);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = AuthorityRequest(authorityKey).CreateSelfSigned(from, to);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = ServerRequest(serverKey, authority).Create(authority, from, to, Serial());
        return (
            authority.ExportCertificatePem() + "\n",
            $"{server.ExportCertificatePem()}\n{serverKey.ExportPkcs8PrivateKeyPem()}\n");
    }

    private static CertificateRequest AuthorityRequest(ECDsa key)
    {
        // The number keeps two data directories' authorities apart in a trust store.
        var name = $"CN=Sluice development CA {Convert.ToHexString(RandomNumberGenerator.GetBytes(4))}";
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest ServerRequest(ECDsa key, X509Certificate2 authority)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);

        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)); // TLS server
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request;
    }

    /// <summary>Positive, at least 64 random bits (CA/Browser Forum §7.1).</summary>
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    /// <summary>Windows' TLS cannot use a key that lives in memory only, so there it goes through PKCS #12.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
