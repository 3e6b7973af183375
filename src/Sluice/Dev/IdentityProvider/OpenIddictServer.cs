using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Sluice.Dev.IdentityProvider.Handlers;
using Sluice.Dev.IdentityProvider.Issuers;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider;

/// <summary>OpenIddict's container: client credentials in degraded mode (no stores), and our handlers, listed in the order they run.</summary>
internal static class OpenIddictServer
{
    public static ServiceProvider Build(
        DevelopmentIdentityProviderOptions options,
        DevelopmentClients clients,
        Lazy<DevelopmentIssuers> issuers,
        IReadOnlyList<SigningCredentials> keys,
        IServiceProvider application)
    {
        var services = new ServiceCollection();
        services.AddSingleton(application.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(application.GetService<TimeProvider>() ?? TimeProvider.System);
        services.AddSingleton(clients);
        services.AddSingleton(issuers);
        services.AddLogging();
        services.AddOpenIddict().AddServer(server =>
        {
            server.AllowClientCredentialsFlow().SetAccessTokenLifetime(options.TokenLifetime);
            server.EnableDegradedMode().DisableScopeValidation().DisableAccessTokenEncryption();

            // Never matched: routing picks the endpoint. OpenIddict wants at least one address for each.
            server.SetTokenEndpointUris("token");

            // Demanded by OpenIddict, unused: access tokens are only signed.
            server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
            foreach (var key in keys)
            {
                server.AddSigningCredentials(key);
            }

            // Assertions need a store of clients' keys, which degraded mode does without.
            server.Configure(settings =>
            {
                settings.ClientAuthenticationMethods.Remove(ClientAuthenticationMethods.PrivateKeyJwt);
                settings.ClientAssertionTypes.Clear();
            });

            server.UseAspNetCore()
                .DisableTransportSecurityRequirement() // loopback only; with --tls Kestrel does it
                .SuppressJsonResponseIndentation()
                .SetRealm("sluice dev");

            server.AddEventHandler(ResolveIssuer.Descriptor);
            server.AddEventHandler(AcceptRawBasicCredentials.Descriptor);
            server.AddEventHandler(RequireClientCredentials.Descriptor);
            server.AddEventHandler(AuthenticateClient.Descriptor);
            server.AddEventHandler(GrantToken.Descriptor);
            server.AddEventHandler(WriteVendorToken.Descriptor);
            server.AddEventHandler(LogTokenAnswer.Descriptor);
            server.AddEventHandler(DescribeIssuer.Descriptor);
            server.AddEventHandler(PublishIssuerKey.Descriptor);
            server.AddEventHandler(AllowCaching<ApplyConfigurationResponseContext>.Descriptor);
            server.AddEventHandler(AllowCaching<ApplyJsonWebKeySetResponseContext>.Descriptor);
        });

        var built = services.BuildServiceProvider();
        _ = built.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue; // its own checks, now and not at the first request
        return built;
    }
}
