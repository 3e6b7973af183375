using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sluice.Identity.Explain;
using Sluice.Identity.Keys;
using Sluice.Identity.Keys.Outbound;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;

namespace Sluice.Identity;

/// <summary>Puts this room together.</summary>
public static class IdentityServices
{
    /// <summary>
    /// Adds <see cref="IAuthenticator"/>, <see cref="RefusalAnswers"/> and <see cref="IProviderKeys"/>. Needs a <see cref="State.IStateSource"/>;
    /// takes a <see cref="TimeProvider"/> if one is registered.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The whole configuration; section <c>Sluice:Identity</c> is read.</param>
    /// <param name="configure">Settings that the host decides, such as <see cref="OutboundOptions.AllowHttpOnLoopback"/> in development.</param>
    public static IServiceCollection AddSluiceIdentity(
        this IServiceCollection services, IConfiguration configuration, Action<IdentityOptions>? configure = null)
    {
        var options = services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(IdentityOptions.Section));
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsValidator>();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsRules>();
        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IdentityOptions>>().Value);

        services.AddHttpClient(KeyFetcher.ClientName)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // KeyFetcher keeps the time.
            .ConfigurePrimaryHttpMessageHandler(provider => GuardedConnection.CreateHandler(
                provider.GetRequiredService<IdentityOptions>().Outbound, provider.GetRequiredService<IHostResolver>()))
            .RemoveAllLoggers();

        services.AddSingleton<KeyFetcher>();
        services.AddSingleton<ProbedKeys>();
        services.AddSingleton<KeyRingFactory>();
        services.AddSingleton<Directories>();
        services.AddSingleton<IdentityMetrics>();
        services.AddSingleton<RefusalAnswers>();
        services.AddSingleton<CurrentDenyList>();
        services.AddSingleton<IDenyList>(provider => provider.GetRequiredService<CurrentDenyList>());
        services.AddSingleton<ITokenExplainer, TokenExplainer>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<IAuthenticator>(provider => provider.GetRequiredService<Authenticator>());
        services.AddSingleton<IProviderKeys, ProviderKeys>();
        services.AddHostedService<KeyWarmer>();
        return services;
    }
}
