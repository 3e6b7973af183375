using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Sluice.ControlPlane;
using Sluice.Explain;
using Sluice.Hosting.Proxies;
using Sluice.Http;
using Sluice.Identity;
using Sluice.OpenApi;
using Sluice.Rest.V3;
using Sluice.Rest.V3.Records;
using Sluice.SchemaRegistry;
using Sluice.State;
using Sluice.Sts;
using Sluice.WellKnown;

namespace Sluice.Hosting;

/// <summary>
/// Composes the gateway: what every way of running it (<c>dev</c>, <c>serve</c>, tests) has in common. The caller registers where it gets
/// its clusters (<see cref="ClusterDirectory"/>), its state (<c>IStateSource</c>) and its listeners.
/// </summary>
internal static class GatewayApp
{
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ErrorStage>();
        services.AddSingleton<AuthenticationStage>();
        services.AddProxies();
        services.AddSts();
        services.AddSingleton<GatewayTokenExplainer>();
        services.AddControlPlane();
        services.AddSingleton<ClusterGuards>();
        services.AddSingleton<AccessExplainer>();
        services.AddOptions<ProduceSettings>().BindConfiguration("Sluice:Produce").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ProduceSettings>>().Value);
        services.AddSchemaRegistry();
        services.AddSingleton<RefusalWriter>();
        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.AddServerHeader = false;

            // What is larger than an operation takes is read and forgotten up to here, so that the client gets to see its 413.
            kestrel.Limits.MaxRequestBodySize = 256 * 1024 * 1024;

            // Where a listener has TLS, unless its own settings say otherwise.
            kestrel.ConfigureHttpsDefaults(ClientCertificates.Allow);
        });
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<IdentityOptions>>(
            static (kestrel, identity) => kestrel.Limits.MaxRequestHeadersTotalSize = identity.Value.MaxHeaderBytes);
        return builder;
    }

    public static WebApplication UseGateway(this WebApplication app)
    {
        // The order is the way of a request: docs/architecture.md tells it.
        var errors = app.Services.GetRequiredService<ErrorStage>();
        var authentication = app.Services.GetRequiredService<AuthenticationStage>();
        app.UseProxies();
        app.Use(next => context => errors.InvokeAsync(context, next));
        app.UseHeadAsGet();
        app.UseRouting();
        app.Use(next => context => authentication.InvokeAsync(context, next));
        app.Use(next => context => ClusterFilter.InvokeAsync(context, next));

        // Where there is a state that can be changed, there is a way to change it.
        if (app.Services.GetService<IStateStore>() is not null)
        {
            var control = app.Services.GetRequiredService<ControlStage>();
            app.Use(next => context => control.InvokeAsync(context, next));
            app.MapControlPlane();
        }

        app.MapKafkaRestV3();
        app.MapTokenExplain();
        app.MapOpenApiDocument();
        app.MapProtectedResource();
        return app;
    }
}
