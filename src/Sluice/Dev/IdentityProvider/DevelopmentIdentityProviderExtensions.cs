using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Sluice.Dev.IdentityProvider.Issuers;

namespace Sluice.Dev.IdentityProvider;

// The development identity provider's routes
//   POST /oauth2/default/v1/token                                  Okta's token endpoint
//   GET  /oauth2/default/v1/keys                                   its JWKS
//   GET  /oauth2/default/.well-known/openid-configuration          its discovery document
//   GET  /oauth2/default/.well-known/oauth-authorization-server    the same, where Okta has it
//   GET  /.well-known/oauth-authorization-server/oauth2/default    the same, where RFC 8414 has it
//   POST /{tenant}/oauth2/v2.0/token                               Entra's token endpoint; any tenant name is the one tenant
//   GET  /{tenant}/discovery/v2.0/keys                             its JWKS
//   GET  /{tenant}/v2.0/.well-known/openid-configuration           its discovery document

/// <summary>How <c>sluice dev</c> takes in the development identity provider.</summary>
public static class DevelopmentIdentityProviderExtensions
{
    private const string Configuration = "/.well-known/openid-configuration";
    private const string AuthorizationServer = "/.well-known/oauth-authorization-server";

    public static IServiceCollection AddDevelopmentIdentityProvider(
        this IServiceCollection services, Action<DevelopmentIdentityProviderOptions> configure)
    {
        services.AddSingleton<IValidateOptions<DevelopmentIdentityProviderOptions>, DevelopmentIdentityProviderOptionsValidator>();
        services.AddOptions<DevelopmentIdentityProviderOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<DevelopmentIdentityProvider>();

        // OpenIddict tells every step of every request at Information; ours is one line each.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
        return services;
    }

    public static IEndpointRouteBuilder MapDevelopmentIdentityProvider(this IEndpointRouteBuilder endpoints)
    {
        var provider = endpoints.ServiceProvider.GetRequiredService<DevelopmentIdentityProvider>();

        Map(HttpMethods.Post, OktaIssuer.TokenPath, IssuerKind.Okta, OpenIddictServerEndpointType.Token);
        Map(HttpMethods.Get, OktaIssuer.JwksPath, IssuerKind.Okta, OpenIddictServerEndpointType.JsonWebKeySet);
        Map(HttpMethods.Get, OktaIssuer.Path + Configuration, IssuerKind.Okta, OpenIddictServerEndpointType.Configuration);
        Map(HttpMethods.Get, OktaIssuer.Path + AuthorizationServer, IssuerKind.Okta, OpenIddictServerEndpointType.Configuration);
        Map(HttpMethods.Get, AuthorizationServer + OktaIssuer.Path, IssuerKind.Okta, OpenIddictServerEndpointType.Configuration);
        Map(HttpMethods.Post, EntraIssuer.TokenPattern, IssuerKind.Entra, OpenIddictServerEndpointType.Token);
        Map(HttpMethods.Get, EntraIssuer.JwksPattern, IssuerKind.Entra, OpenIddictServerEndpointType.JsonWebKeySet);
        Map(HttpMethods.Get, EntraIssuer.ConfigurationPattern, IssuerKind.Entra, OpenIddictServerEndpointType.Configuration);
        return endpoints;

        void Map(string method, string pattern, IssuerKind issuer, OpenIddictServerEndpointType type) =>
            endpoints.MapMethods(pattern, [method], provider.HandleAsync)
                .WithMetadata(new IssuerEndpoint(issuer, type))
                .ExcludeFromDescription();
    }
}
