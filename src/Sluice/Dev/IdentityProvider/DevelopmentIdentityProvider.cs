using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Sluice.Dev.IdentityProvider.Issuers;

namespace Sluice.Dev.IdentityProvider;

/// <summary>
/// The OAuth 2.0 server of <c>sluice dev</c>: one set of clients, an Okta-shaped and an Entra-shaped issuer, client credentials only.
/// OpenIddict lives in a container of its own, so that its authentication middleware and data protection touch no request but these.
/// </summary>
public sealed class DevelopmentIdentityProvider : IDisposable
{
    private readonly Lazy<DevelopmentIssuers> _issuers;
    private readonly ServiceProvider _services;
    private readonly RequestDelegate _openIddict;

    public DevelopmentIdentityProvider(IOptions<DevelopmentIdentityProviderOptions> options, IServiceProvider application)
    {
        var settings = options.Value;
        var keys = Path.Combine(settings.DataDirectory, "identity-provider");
        var okta = SigningKey.LoadOrCreate(Path.Combine(keys, "okta.pem"));
        var entra = SigningKey.LoadOrCreate(Path.Combine(keys, "entra.pem"));
        var clients = new DevelopmentClients(settings.Clients);

        _issuers = new Lazy<DevelopmentIssuers>(() =>
        {
            var origin = Origin(settings.PublicUrl, application);
            return new DevelopmentIssuers(
                new OktaIssuer(origin, settings.Audience, settings.DefaultScope, okta),
                new EntraIssuer(origin, Guid.Parse(settings.Tenant).ToString(), clients, entra));
        });

        _services = OpenIddictServer.Build(settings, clients, _issuers, [okta, entra], application);
        _openIddict = new ApplicationBuilder(_services).UseAuthentication().Build();
    }

    /// <summary>The Okta-shaped issuer's <c>iss</c>, as an identity provider's <c>issuer</c> must have it.</summary>
    /// <exception cref="InvalidOperationException">No public URL was set and the server has not started yet. So for all six.</exception>
    public string OktaIssuer => _issuers.Value.Okta.Issuer;

    public Uri OktaTokenUrl => _issuers.Value.Okta.TokenUrl;

    public Uri OktaJwksUri => _issuers.Value.Okta.JwksUri;

    /// <summary>The Entra-shaped issuer's <c>iss</c>.</summary>
    public string EntraIssuer => _issuers.Value.Entra.Issuer;

    public Uri EntraTokenUrl => _issuers.Value.Entra.TokenUrl;

    public Uri EntraJwksUri => _issuers.Value.Entra.JwksUri;

    public void Dispose() => _services.Dispose();

    /// <summary>Serves one request of a route that carries an <see cref="IssuerEndpoint"/>.</summary>
    internal async Task HandleAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && !await TokenRequestForm.TryReadAsync(context))
        {
            return;
        }

        var application = context.RequestServices;
        await using var scope = _services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await _openIddict(context);
        }
        finally
        {
            context.RequestServices = application;
        }
    }

    private static string Origin(Uri? publicUrl, IServiceProvider application)
    {
        var address = publicUrl?.AbsoluteUri
            ?? application.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("Set the development identity provider's public URL, or ask for its issuers once the server listens.");
        return address.TrimEnd('/');
    }
}
