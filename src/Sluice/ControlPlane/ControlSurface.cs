using Sluice.Api;
using Sluice.Changes;
using Sluice.Cmk.V2;
using Sluice.Iam.V2.ApiKeys;
using Sluice.Iam.V2.IdentityPools;
using Sluice.Iam.V2.IdentityProviders;
using Sluice.Iam.V2.RoleBindings;
using Sluice.Iam.V2.ServiceAccounts;
using Sluice.Iam.V2.Users;
using Sluice.Org.V2;
using Sluice.Sts;

namespace Sluice.ControlPlane;

/// <summary>The control plane: what is mapped, and under which prefixes.</summary>
internal static class ControlSurface
{
    /// <summary>The Confluent CLI asks for <c>/api/iam/v2/…</c> when it logs in to a host of its user's.</summary>
    public const string CliPrefix = "/api";

    private static readonly PathString[] Roots =
    [
        "/iam", "/org", "/cmk", "/sts", "/sluice/v1/changes", CliPrefix, "/security/1.0", .. CliEndpoints.Platforms.Select(p => new PathString(p)),
    ];

    /// <summary>True when errors below this path have the control plane's envelope.</summary>
    public static bool Owns(PathString path)
    {
        foreach (var root in Roots)
        {
            if (path.StartsWithSegments(root, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public static IServiceCollection AddControlPlane(this IServiceCollection services)
    {
        services.AddOptions<ControlOptions>().BindConfiguration(ControlOptions.Section).ValidateOnStart();
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<ControlOptions>, ControlOptionsValidator>();
        services.AddSingleton<ControlStage>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<ProviderCheck>();
        services.AddSingleton<PoolAcls>();
        services.AddSingleton<Logins>();
        return services;
    }

    public static void MapControlPlane(this IEndpointRouteBuilder app)
    {
        app.MapTokenExchange();
        app.MapCliLogin();
        app.MapGroup("").WithMetadata(NeedsCaller.AnAdministrator).MapChanges();
        foreach (var prefix in (string[])["", CliPrefix])
        {
            var administration = app.MapGroup(prefix).WithMetadata(NeedsCaller.AnAdministrator);
            administration.MapIdentityProviders();
            administration.MapJwks();
            administration.MapIdentityPools();
            administration.MapServiceAccounts();
            administration.MapApiKeys();
            administration.MapRoleBindings();
            administration.MapUsers();
            administration.MapOrganizations();
            administration.MapEnvironments();
            administration.MapClusters();
        }
    }
}
