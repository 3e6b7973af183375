using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Http;

/// <summary>Makes HTTP clients for commands: no redirects (they would carry credentials elsewhere), private authorities, proxies.</summary>
internal static class CommandHttp
{
    /// <exception cref="CommandFailure">The file of authorities cannot be used.</exception>
    public static HttpClient Create(HttpSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = settings.Proxy is { } proxy ? new WebProxy(proxy) : new LoopbackIsNear(HttpClient.DefaultProxy),
        };
        if (settings.CaFile is { } file)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(file) };
        }

        return new HttpClient(handler)
        {
            Timeout = settings.Timeout,
            DefaultRequestHeaders = { { "User-Agent", "sluice-cli" }, { "Accept", "application/json" } },
        };
    }

    /// <summary>Trusts the authorities in a PEM file, besides the system's.</summary>
    /// <exception cref="CommandFailure">The file cannot be used.</exception>
    public static X509ChainPolicy Trust(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw CommandFailure.Usage($"The CA file {file} cannot be used: {unusable.Message}");
        }

        if (authorities.Count == 0)
        {
            throw CommandFailure.Usage($"The CA file {file} holds no certificate.", "It must be PEM: -----BEGIN CERTIFICATE----- …");
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        foreach (var location in (StoreLocation[])[StoreLocation.LocalMachine, StoreLocation.CurrentUser])
        {
            using var system = new X509Store(StoreName.Root, location, OpenFlags.ReadOnly);
            policy.CustomTrustStore.AddRange(system.Certificates);
        }

        return policy;
    }

    /// <summary>A proxy meant for the world must not catch this machine: it could not reach it.</summary>
    private sealed class LoopbackIsNear(IWebProxy inner) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => inner.Credentials;
            set => inner.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : inner.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || inner.IsBypassed(host);
    }
}
