using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Sluice.Hosting.Proxies;

/// <summary>
/// Before everything else: for a connection from a configured proxy, the client's address, scheme, host and certificate become those the proxy tells of.
/// Without configured proxies there is no such stage.
/// </summary>
internal static class ProxyStage
{
    public static void AddProxies(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsRules>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>(static (forwarded, proxies) =>
        {
            // Nobody to believe: the platform's own way to switch this on (ASPNETCORE_FORWARDEDHEADERS_ENABLED) would believe everybody.
            forwarded.ForwardedHeaders = proxies.Value.Addresses.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;

            // From the nearest back to the first that is not one of ours, however many there are.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in Networks(proxies.Value))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
        });
    }

    public static void UseProxies(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        if (options.Addresses.Count == 0)
        {
            return;
        }

        // Before the address becomes the client's: it is the proxy's own that is believed.
        if (options.ClientCertificateHeader is { } header)
        {
            var networks = Networks(options);
            app.Use(next => context =>
            {
                if (IsProxy(context.Connection.RemoteIpAddress, networks))
                {
                    context.Features.Set<ITlsConnectionFeature>(new ForwardedCertificate(context, header));
                }

                return next(context);
            });
        }

        app.UseForwardedHeaders();
    }

    private static IPNetwork[] Networks(ProxyOptions options) => [.. options.Addresses.Select(text => ProxyOptionsRules.Network(text)!.Value)];

    private static bool IsProxy(IPAddress? address, IPNetwork[] networks)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address is not null && Array.Exists(networks, network => network.Contains(address));
    }

    // Also when the proxy passes none on: the certificate of its own connection to the gateway is not its clients'.
    // Read when it is asked for: few tokens are bound.
    private sealed class ForwardedCertificate(HttpContext context, string header) : ITlsConnectionFeature
    {
        private X509Certificate2? _certificate;
        private bool _isRead;

        public X509Certificate2? ClientCertificate
        {
            get
            {
                if (!_isRead)
                {
                    ClientCertificate = context.Request.Headers[header] is [{ } only] ? ClientCertificateField.Read(only) : null;
                }

                return _certificate;
            }

            set
            {
                _isRead = true;
                _certificate = value;
                if (value is not null)
                {
                    context.Response.RegisterForDispose(value);
                }
            }
        }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult(ClientCertificate);
    }
}
