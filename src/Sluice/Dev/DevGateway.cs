using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Sluice.ControlPlane;
using Sluice.Declared;
using Sluice.Dev.IdentityProvider;
using Sluice.Health;
using Sluice.Hosting;
using Sluice.Identity;
using Sluice.SchemaRegistry;
using Sluice.State;
using Sluice.State.Logs;
using Sluice.Sts;

namespace Sluice.Dev;

/// <summary>A running <c>sluice dev</c>: gateway, cluster and development identity provider in one process.</summary>
internal sealed class DevGateway : IAsyncDisposable
{
    private static readonly TimeSpan KeyPatience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly StateStore _state;
    private readonly DevCluster _cluster;
    private readonly ILoggerFactory _loggers;

    private DevGateway(WebApplication app, StateStore state, DevCluster cluster, ILoggerFactory loggers, DevInfo info) =>
        (_app, _state, _cluster, _loggers, Info) = (app, state, cluster, loggers, info);

    public DevInfo Info { get; }

    public IServiceProvider Services => _app.Services;

    /// <returns>The running gateway, or a sentence that says which setting to change.</returns>
    public static async Task<(DevGateway? Gateway, string? Problem)> StartAsync(
        DevOptions options, CancellationToken cancellationToken, Action<WebApplicationBuilder>? configure = null)
    {
        var (address, problem) = DevAddress.Resolve(options.Urls, options.Tls);
        if (address is null)
        {
            return (null, problem);
        }

        if (options.SchemaRegistry is { } registry && !SchemaRegistryOptions.IsAddress(registry))
        {
            return (null, $"--schema-registry '{registry}' is no address such as http://127.0.0.1:8081.");
        }

        if (!TryCreateDataDirectory(options.DataDirectory, out problem))
        {
            return (null, problem);
        }

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        Logging(builder.Logging, options);

        // The cluster is opened before the application is built, and logs for as long as it is open.
        var loggers = LoggerFactory.Create(logging => Logging(logging, options));
        (var cluster, problem) = await DevCluster.OpenAsync(options, address, loggers, cancellationToken);
        if (cluster is null)
        {
            loggers.Dispose();
            return (null, problem);
        }

        var certificate = options.Tls ? DevelopmentCertificate.LoadOrCreate(options.DataDirectory, TimeProvider.System) : null;
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, address, certificate));
        builder.AddGateway();
        builder.Services.AddGatewayHealth();
        builder.Services.PostConfigure<SchemaRegistryOptions>(schemas => schemas.Url ??= options.SchemaRegistry);
        builder.Services.AddSingleton(new ClusterDirectory([cluster.Connection]));

        // Opened below: what it declares names the provider's issuers, which the built application knows.
        StateStore? state = null;
        builder.Services.AddSingleton<IStateStore>(_ => state!);
        builder.Services.AddSingleton<IStateSource>(_ => state!);
        builder.Services.AddSluiceIdentity(builder.Configuration, identity =>
        {
            identity.Outbound.AllowHttpOnLoopback = true;
            identity.Outbound.AllowedNetworks.Add("127.0.0.0/8");
            identity.Outbound.AllowedNetworks.Add("::1/128");
            identity.Outbound.CaFile = certificate?.AuthorityFile;
        });
        builder.Services.AddOptions<IdentityOptions>().Configure<IOptions<DevelopmentIdentityProviderOptions>>(
            (identity, provider) => identity.Scopes.Add(provider.Value.DefaultScope));
        builder.Services.AddDevelopmentIdentityProvider(provider =>
        {
            provider.PublicUrl = address;
            provider.DataDirectory = options.DataDirectory;
        });
        builder.Services.Configure<StsOptions>(sts => sts.KeyDirectory = Path.Combine(options.DataDirectory, "sts-keys"));

        // Terraform files written for the Cloud name providers that a laptop without a network does not reach.
        builder.Services.Configure<ControlOptions>(control => control.KeysOnSave = KeysOnSave.WhenReachable);
        configure?.Invoke(builder);

        var app = builder.Build();
        var crnAuthority = app.Services.GetRequiredService<IOptions<ControlOptions>>().Value.CrnAuthority;
        var declared = DeclaredResources.Load(options.DeclaredFiles, app.Services.GetRequiredService<IdentityOptions>(), crnAuthority);
        if (declared.Problems.Count > 0)
        {
            await app.DisposeAsync();
            await cluster.DisposeAsync();
            loggers.Dispose();
            return (null, $"--declare: {string.Join("\n", declared.Problems)}");
        }

        foreach (var warning in declared.Warnings)
        {
            options.Warn(warning);
        }

        var seeds = DevSeeds.Create(
            options,
            declared.Resources.OfType<Organization>().FirstOrDefault() ?? Organization.Default,
            crnAuthority,
            cluster.ClusterId,
            address,
            ApiKeySecret.Create(),
            app.Services.GetRequiredService<DevelopmentIdentityProvider>(),
            app.Services.GetRequiredService<IOptions<DevelopmentIdentityProviderOptions>>().Value);
        state = await StateStore.OpenAsync(
            SqliteChangeLog.Open(Path.Combine(options.DataDirectory, "state.db")), [.. seeds.State, .. declared.Resources], TimeProvider.System);
        app.UseGateway();
        app.MapHealth();
        app.MapDevelopmentIdentityProvider();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException inUse)
        {
            await app.DisposeAsync();
            await state.DisposeAsync();
            await cluster.DisposeAsync();
            loggers.Dispose();
            return (null, $"Cannot listen on {address}: {inUse.Message} Choose another with --urls.");
        }

        // Ready means that its own tokens can be judged: on a busy machine the first fetch from itself may take its time.
        await app.Services.GetRequiredService<IProviderKeys>().WaitAsync(seeds.Info.ProviderId, KeyPatience, cancellationToken);
        return (new DevGateway(app, state, cluster, loggers, seeds.Info with { CaFile = certificate?.AuthorityFile }), null);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _state.DisposeAsync();
        await _cluster.DisposeAsync();
        _loggers.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, DevelopmentCertificate? certificate)
    {
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Protocol);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address.Host.Trim('[', ']')), address.Port, Protocol);
        }

        void Protocol(ListenOptions listen)
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate.Server, ClientCertificates.Allow);
            }
        }
    }

    /// <summary>Standard output belongs to what the command prints; the log goes to standard error.</summary>
    private static void Logging(ILoggingBuilder logging, DevOptions options)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("OpenIddict", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
    }

    private static bool TryCreateDataDirectory(string directory, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            PrivateDirectory.Create(directory);
            problem = null;
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problem = $"--data {directory}: {refused.Message}";
            return false;
        }
    }
}
