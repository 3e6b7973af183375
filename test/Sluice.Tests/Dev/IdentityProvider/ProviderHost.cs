using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Dev.IdentityProvider;

namespace Sluice.Tests.Dev.IdentityProvider;

/// <summary>The development identity provider alone, on a real socket.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    /// <summary>A client like one of Entra's: a GUID, and a secret that form encoding would change.</summary>
    public const string EntraClientId = "0f7c2b91-4a2e-4c58-9a0e-6b1d3f5e7a90";

    public const string EntraSecret = "Xyz~8Q@abc.DEF";

    /// <summary>Made once for all tests: making RSA keys takes longer than everything else here.</summary>
    private static readonly Lazy<string> Keys = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("sluice-idp-keys-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        SigningKey.LoadOrCreate(Path.Combine(folder, "okta.pem"));
        SigningKey.LoadOrCreate(Path.Combine(folder, "entra.pem"));
        return folder;
    });

    private readonly WebApplication _app;
    private readonly bool _ownsData;

    private ProviderHost(WebApplication app, string data, bool ownsData, LogCollector logs)
    {
        (_app, Data, _ownsData, Logs) = (app, data, ownsData, logs);
        BaseUrl = app.Urls.First();
        Provider = app.Services.GetRequiredService<DevelopmentIdentityProvider>();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(BaseUrl) };
    }

    public string BaseUrl { get; }

    public string Data { get; }

    public LogCollector Logs { get; }

    public DevelopmentIdentityProvider Provider { get; }

    public HttpClient Http { get; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ProviderHost> StartAsync(Action<DevelopmentIdentityProviderOptions>? configure = null, string? data = null, TimeProvider? time = null)
    {
        var directory = data ?? NewDataDirectory();
        var logs = new LogCollector();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddDevelopmentIdentityProvider(options =>
        {
            options.DataDirectory = directory;
            options.Clients.Add(new DevelopmentClient(EntraClientId, EntraSecret) { Roles = ["idpool_write"] });
            options.Clients.Add(new DevelopmentClient("odd+client", "a+b%20c:d/=&ü"));
            options.Clients.Add(new DevelopmentClient("bare", "bare-secret") { Roles = [] });
            configure?.Invoke(options);
        });

        // Everything, also what the product mutes: the log is part of what is tested.
        builder.Logging.AddFilter("OpenIddict", LogLevel.Trace);
        var app = builder.Build();
        app.MapDevelopmentIdentityProvider();
        await app.StartAsync(Cancel);
        return new ProviderHost(app, directory, data is null, logs);
    }

    public Task<Answer> OktaAsync(string form, string? basic = "dev-client:dev-secret") => PostAsync("/oauth2/default/v1/token", form, basic);

    public Task<Answer> EntraAsync(string form, string tenant = DevelopmentIdentityProviderOptions.DefaultTenant) =>
        PostAsync($"/{tenant}/oauth2/v2.0/token", form, null);

    public async Task<Answer> PostAsync(string path, string form, string? basic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(form, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        }

        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request, Cancel);
        AssertNoFailure(response);
        return await Answer.ReadAsync(response);
    }

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var response = await Http.GetAsync(path, Cancel);
        AssertNoFailure(response);
        Assert.Equal(200, (int)response.StatusCode);
        return (await Answer.ReadAsync(response)).Json;
    }

    private static string NewDataDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("sluice-idp-").FullName;
        var keys = Directory.CreateDirectory(Path.Combine(directory, "identity-provider")).FullName;
        foreach (var file in Directory.GetFiles(Keys.Value))
        {
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        }

        return directory;
    }

    /// <summary>Nothing a client sends may end in 500; when it does, the log says why.</summary>
    private void AssertNoFailure(HttpResponseMessage response) =>
        Assert.True((int)response.StatusCode < 500, $"{response.StatusCode}: {string.Join('\n', Logs.Lines.Where(line => line.Contains("Exception", StringComparison.Ordinal)))}");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}
