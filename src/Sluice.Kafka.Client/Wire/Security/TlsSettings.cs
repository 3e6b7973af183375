using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Kafka.Client.Wire.Security;

/// <summary>TLS and mTLS from librdkafka's <c>ssl.*</c> settings, so that both ways to the broker use one set of certificates.</summary>
internal sealed class TlsSettings
{
    private readonly X509Certificate2Collection? _authorities;
    private readonly SslStreamCertificateContext? _identity;
    private readonly bool _verify;
    private readonly bool _verifyName;

    /// <exception cref="ArgumentException">A file is missing or not what it should be.</exception>
    public TlsSettings(IReadOnlyDictionary<string, string> settings)
    {
        _verify = settings.GetValueOrDefault("enable.ssl.certificate.verification") is not "false";
        _verifyName = settings.GetValueOrDefault("ssl.endpoint.identification.algorithm") is not "none";
        _authorities = Authorities(settings);
        _identity = Identity(settings);
    }

    public SslClientAuthenticationOptions For(string host)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificateContext = _identity,
            RemoteCertificateValidationCallback = Accepts,
        };
        if (_authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
            options.CertificateChainPolicy.ExtraStore.AddRange(_authorities);
        }

        return options;
    }

    private bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!_verify)
        {
            return true;
        }

        return (_verifyName ? errors : errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
    }

    private static X509Certificate2Collection? Authorities(IReadOnlyDictionary<string, string> settings)
    {
        var pem = Pem(settings, "ssl.ca.pem", "ssl.ca.location");
        if (pem is null)
        {
            return null; // the system's
        }

        var found = new X509Certificate2Collection();
        found.ImportFromPem(pem);
        return found.Count > 0 ? found : throw new ArgumentException("ssl.ca.location / ssl.ca.pem holds no PEM certificate.", nameof(settings));
    }

    private static SslStreamCertificateContext? Identity(IReadOnlyDictionary<string, string> settings)
    {
        if (settings.TryGetValue("ssl.keystore.location", out var keystore))
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(keystore, settings.GetValueOrDefault("ssl.keystore.password"));
            var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new ArgumentException($"{keystore} holds no private key.", nameof(settings));
            return SslStreamCertificateContext.Create(own, all, offline: true);
        }

        var chain = Pem(settings, "ssl.certificate.pem", "ssl.certificate.location");
        if (chain is null)
        {
            return null;
        }

        var key = Pem(settings, "ssl.key.pem", "ssl.key.location")
            ?? throw new ArgumentException("ssl.certificate.* needs ssl.key.location or ssl.key.pem.", nameof(settings));
        using var parsed = settings.TryGetValue("ssl.key.password", out var password)
            ? X509Certificate2.CreateFromEncryptedPem(chain, key, password)
            : X509Certificate2.CreateFromPem(chain, key);
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(chain);

        // Through PKCS#12, since some platforms cannot use a key that exists in memory only.
        var usable = X509CertificateLoader.LoadPkcs12(parsed.Export(X509ContentType.Pkcs12), null);
        return SslStreamCertificateContext.Create(usable, certificates, offline: true);
    }

    private static string? Pem(IReadOnlyDictionary<string, string> settings, string inline, string file) =>
        settings.TryGetValue(inline, out var pem) ? pem
        : settings.TryGetValue(file, out var path) && path != "probe" ? File.ReadAllText(path)
        : null;
}
