using System.Security.Cryptography;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;
using Sluice.Cmk.V2;
using Sluice.ControlPlane;
using Sluice.Declared;
using Sluice.Health;
using Sluice.Hosting;
using Sluice.Identity;
using Sluice.Kafka;
using Sluice.Kafka.Client.Minting;
using Sluice.Kafka.Embedded;
using Sluice.State;
using Sluice.State.Logs;
using Sluice.Sts;

namespace Sluice.Serve;

/// <summary>A running <c>sluice serve</c>: the gateway from configuration, in front of one or more clusters. No development identity provider is anywhere near it.</summary>
internal sealed class ServeGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Stack<IAsyncDisposable> _owned;

    private ServeGateway(WebApplication app, Stack<IAsyncDisposable> owned) => (_app, _owned) = (app, owned);

    /// <summary>Where it listens.</summary>
    public IEnumerable<string> Urls => _app.Urls;

    public IServiceProvider Services => _app.Services;

    /// <returns>The running gateway; or sentences that each name a setting and say what to change.</returns>
    public static async Task<(ServeGateway? Gateway, IReadOnlyList<string> Problems)> StartAsync(
        ServeArguments arguments, CancellationToken cancellationToken, Action<WebApplicationBuilder>? configure = null)
    {
        // What has been opened so far, to be closed in the opposite order.
        var owned = new Stack<IAsyncDisposable>();
        var problems = new List<string>();
        try
        {
            if (await ComposeAsync(arguments, owned, problems, configure) is { } app && problems.Count == 0)
            {
                if (!arguments.CheckOnly)
                {
                    await app.StartAsync(cancellationToken);
                    return (new ServeGateway(app, owned), []);
                }
            }
        }
        catch (OptionsValidationException invalid)
        {
            // The sections that rooms bind themselves are those of ServeSettings that have their type.
            var section = typeof(ServeSettings).GetProperties().FirstOrDefault(p => p.PropertyType == invalid.OptionsType)?.Name ?? invalid.OptionsType.Name;
            problems.AddRange(invalid.Failures.Select(failure =>
                failure.StartsWith($"{ServeSettings.Section}:", StringComparison.Ordinal) ? failure : $"{ServeSettings.Section}:{section}:{failure}"));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException or FormatException
            or CryptographicException or EmbeddedClusterException or StateUnavailableException or Microsoft.Data.Sqlite.SqliteException)
        {
            problems.Add(e.InnerException is { } inner && e is InvalidDataException ? $"{e.Message} {inner.Message}" : e.Message);
        }

        await CloseAsync(owned);
        return (null, problems);
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await CloseAsync(_owned);
    }

    private static async Task<WebApplication?> ComposeAsync(
        ServeArguments arguments, Stack<IAsyncDisposable> owned, List<string> problems, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. arguments.Settings], ContentRootPath = arguments.ContentRoot });
        Sources(builder.Configuration, arguments.ConfigFile);

        SettingsCheck.Top(builder.Configuration, problems);
        var section = builder.Configuration.GetSection(ServeSettings.Section);
        SettingsCheck.Below(section, typeof(ServeSettings), problems);
        var settings = section.Get<ServeSettings>() ?? new ServeSettings();
        settings.DataDirectory = Path.GetFullPath(settings.DataDirectory);

        using var checking = CheckedRing(settings, problems);
        _ = ServeClusters.Read(builder.Configuration, settings, checking, problems);
        var control = section.GetSection("ControlPlane").Get<ControlOptions>() ?? new ControlOptions();
        var declared = DeclaredResources.Load(control.DeclaredFiles, section.GetSection("Identity").Get<IdentityOptions>() ?? new IdentityOptions(), control.CrnAuthority);
        problems.AddRange(declared.Problems.Select(problem => $"{ServeSettings.Section}:ControlPlane:DeclaredFiles: {problem}"));
        foreach (var warning in declared.Warnings)
        {
            arguments.Warn(warning);
        }

        var organization = declared.Resources.OfType<Organization>().FirstOrDefault() ?? Organization.Default;
        var administrator = settings.Administrator.Declare($"crn://{control.CrnAuthority}/organization={organization.Id}", problems);
        if (problems.Count > 0 || arguments.CheckOnly)
        {
            return null;
        }

        // From here on things are made on disk.
        PrivateDirectory.Create(settings.DataDirectory);
        SigningKeyRing? ring = null;
        if (settings.TokenSigning is { } signing)
        {
            signing.KeyDirectory ??= Path.Combine(settings.DataDirectory, "token-keys");
            owned.Push(new Disposing(ring = new SigningKeyRing(signing)));
        }

        // The clusters are opened before the application is built, and log for as long as they are open.
        var loggers = LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddSimpleConsole(c => c.SingleLine = true));
        owned.Push(new Disposing(loggers));
        var clusters = await ServeClusters.Read(builder.Configuration, settings, ring, problems).OpenAsync(loggers);
        foreach (var cluster in clusters)
        {
            owned.Push(cluster);
        }

        var stateFile = Path.GetFullPath(settings.StateFile ?? Path.Combine(settings.DataDirectory, "state.db"));
        var state = await StateStore.OpenAsync(SqliteChangeLog.Open(stateFile), [ClustersEndpoints.DefaultEnvironment, .. administrator, .. declared.Resources], TimeProvider.System);
        owned.Push(state);

        Register(builder, clusters, state, ring);
        builder.Services.PostConfigure<StsOptions>(sts => sts.KeyDirectory ??= Path.Combine(settings.DataDirectory, "sts-keys"));
        configure?.Invoke(builder);
        var app = builder.Build();
        owned.Push(app);
        app.UseGateway();
        app.MapHealth();
        if (ring is not null)
        {
            app.MapBrokerKeys(ring);
        }

        return app;
    }

    private static void Register(WebApplicationBuilder builder, IReadOnlyList<IClusterConnection> clusters, StateStore state, SigningKeyRing? ring)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.AddGateway();
        builder.Services.AddSingleton(new ClusterDirectory(clusters));
        builder.Services.AddSingleton<IStateStore>(state);
        builder.Services.AddSingleton<IStateSource>(state);
        builder.Services.AddSluiceIdentity(builder.Configuration);
        builder.Services.AddGatewayHealth();
        if (ring is not null)
        {
            builder.Services.AddSingleton<ITokenMinter>(ring);
        }
    }

    /// <summary>ASP.NET Core's order: our defaults, appsettings.json and --config, environment, command line.</summary>
    private static void Sources(ConfigurationManager configuration, string? configFile)
    {
        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["urls"] = "http://127.0.0.1:8082",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:System.Net.Http"] = "Warning",

                // Why it does not start is said in a sentence, not in a stack trace.
                ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
            },
        });
        if (configFile is not null)
        {
            var lastFile = configuration.Sources.ToList().FindLastIndex(source => source is JsonConfigurationSource);

            // Read again when it changes, as appsettings.json is: the deny-list must not wait for a restart.
            var file = new JsonConfigurationSource { Path = Path.GetFullPath(configFile), Optional = false, ReloadOnChange = true };
            file.ResolveFileProvider();
            configuration.Sources.Insert(lastFile + 1, file);
        }
    }

    /// <summary>A ring that only looks for problems: it writes nothing.</summary>
    private static SigningKeyRing? CheckedRing(ServeSettings settings, List<string> problems)
    {
        if (settings.TokenSigning is not { } signing)
        {
            return null;
        }

        var found = signing.Validate();
        problems.AddRange(found.Select(problem => $"{ServeSettings.Section}:TokenSigning:{problem}"));
        return found.Count > 0 ? null : new SigningKeyRing(new SigningKeyRingOptions { Issuer = signing.Issuer, Audience = signing.Audience });
    }

    private static async Task CloseAsync(Stack<IAsyncDisposable> owned)
    {
        while (owned.TryPop(out var last))
        {
            await last.DisposeAsync();
        }
    }

    private sealed class Disposing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return default;
        }
    }
}
