using Microsoft.Extensions.Options;

namespace Sluice.Sts;

/// <summary>Puts this room together.</summary>
internal static class StsServices
{
    public static IServiceCollection AddSts(this IServiceCollection services)
    {
        services.AddOptions<StsOptions>().BindConfiguration(StsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StsOptions>, StsOptionsValidator>();
        services.AddSingleton<GatewayTokens>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<GatewayAuthenticator>();
        return services;
    }
}
