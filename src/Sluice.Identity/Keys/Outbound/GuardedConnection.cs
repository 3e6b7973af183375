using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Identity.Keys.Outbound;

/// <summary>Resolves host names; replaced in tests.</summary>
internal interface IHostResolver
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

internal sealed class SystemResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}

/// <summary>A connection was refused by <see cref="AddressRules"/>.</summary>
internal sealed class ForbiddenAddressException(string message) : IOException(message);

/// <summary>
/// Makes the handler that keys are fetched with: no redirects, no cookies, no environment proxy, and each connection goes to the very address that
/// was checked, so that a second look-up cannot give another one (DNS rebinding).
/// </summary>
internal static class GuardedConnection
{
    public static SocketsHttpHandler CreateHandler(OutboundOptions options, IHostResolver resolver)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32,
            MaxConnectionsPerServer = 4,
            ActivityHeadersPropagator = null, // Which request it was for is nothing to others.
        };

        if (options.Proxy is null)
        {
            var rules = new AddressRules(options);
            handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(context, rules, resolver, cancellationToken);
        }

        if (options.CaFile is not null)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.CaFile);
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, AddressRules rules, IHostResolver resolver, CancellationToken cancellationToken)
    {
        var encrypted = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = IPAddress.TryParse(context.DnsEndPoint.Host, out var literal)
            ? [literal]
            : await resolver.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);

        string? refused = null;
        Exception? failure = null;
        foreach (var address in addresses)
        {
            if (rules.Check(address, encrypted) is { } reason)
            {
                refused = reason;
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }

        throw new ForbiddenAddressException(refused ?? "the name has no address");
    }

    // The system's judgement stands, except that chains may also end in the operator's own authorities.
    private static bool IsTrusted(
        X509Certificate? certificate, X509Chain? systemChain, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // A private authority seldom publishes revocation.
        if (systemChain is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(systemChain.ChainPolicy.ExtraStore);
        }

        return chain.Build(leaf);
    }
}
