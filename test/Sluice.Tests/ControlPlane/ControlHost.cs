using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Cmk.V2;
using Sluice.Hosting;
using Sluice.Identity;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.State;
using Sluice.State.Logs;
using Sluice.Testing.Issuers;
using Sluice.Testing.Specs;

namespace Sluice.Tests.ControlPlane;

/// <summary>The gateway on a free loopback port, with a state of its own, one cluster, one administrator, and an issuer whose keys can be fetched.</summary>
internal sealed class ControlHost : IAsyncDisposable
{
    public const string Organization = "crn://confluent.cloud/organization=5e1fc105-ed9a-4e00-8000-000000000001";

    private readonly WebApplication _app;
    private readonly StateStore _store;

    private ControlHost(WebApplication app, StateStore store, TestIssuer issuer)
    {
        _app = app;
        _store = store;
        Issuer = issuer;
        Http = Client("ADMIN", "secret");
    }

    /// <summary>An administrator's client.</summary>
    public HttpClient Http { get; }

    /// <summary>An identity provider elsewhere.</summary>
    public TestIssuer Issuer { get; }

    public GatewayState State => _store.Current;

    /// <summary>For putting much there at once.</summary>
    public IStateStore Store => _store;

    public IServiceProvider Services => _app.Services;

    public static Task<ControlHost> StartAsync(params string[] settings) => StartAsync(null, settings);

    public static async Task<ControlHost> StartAsync(Action<IServiceCollection>? register, params string[] settings)
    {
        var store = await StateStore.OpenAsync(
            new MemoryChangeLog(),
            [
                ClustersEndpoints.DefaultEnvironment,
                new User("u-admin", "admin@example.com", "Administrator"),
                new RoleBinding("rb-admin", "User:u-admin", "OrganizationAdmin", Organization),
                new ApiKey("ADMIN", ApiKeySecret.Hash("secret"), "u-admin", null),
            ],
            TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], (string?)p[1])));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddGateway();
        builder.Services.AddSingleton<IStateStore>(store);
        builder.Services.AddSingleton<IStateSource>(store);
        builder.Services.AddSluiceIdentity(builder.Configuration, identity =>
        {
            identity.Outbound.AllowHttpOnLoopback = true;
            identity.Keys.FetchTimeout = TimeSpan.FromSeconds(30); // A machine that runs much else may take long to answer itself.
        });
        builder.Services.AddSingleton(new ClusterDirectory([new NamedCluster("lkc-1")]));
        register?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseGateway();
        await app.StartAsync();
        return new ControlHost(app, store, await TestIssuer.StartAsync());
    }

    public HttpClient Client(string key, string secret)
    {
        var client = new HttpClient(SpecFiles.Checking(new SocketsHttpHandler())) { BaseAddress = new Uri(_app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));
        return client;
    }

    /// <summary>A client with a bearer token.</summary>
    public HttpClient Bearer(string token)
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>An administrator's client whose answers are not held against the OpenAPI files.</summary>
    public HttpClient Unchecked() => new(new SocketsHttpHandler()) { BaseAddress = Http.BaseAddress, DefaultRequestHeaders = { Authorization = Http.DefaultRequestHeaders.Authorization } };

    public HttpClient Stranger() => new(SpecFiles.Checking(new SocketsHttpHandler())) { BaseAddress = new Uri(_app.Urls.First()) };

    public Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string method, string path, object? body = null) =>
        SendAsync(Http, method, path, body);

    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpClient client, string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.Headers.Contains("X-Request-Id"), $"{method} {path} has no X-Request-Id.");
        if (answer.Length == 0)
        {
            return (response.StatusCode, default);
        }

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return (response.StatusCode, JsonDocument.Parse(answer).RootElement);
    }

    public Task<IReadOnlyList<ChangeRecord>> HistoryAsync() =>
        _store.ReadHistoryAsync(new HistoryQuery(0, int.MaxValue), TestContext.Current.CancellationToken);

    public async Task<JsonElement> CreateAsync(string path, object body)
    {
        var (status, created) = await SendAsync("POST", path, body);
        Assert.True(status is HttpStatusCode.Created or HttpStatusCode.Accepted, $"{path} answered {status}: {created}");
        return created;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    private sealed class NamedCluster(string id) : IClusterConnection
    {
        public string? ClusterId => id;

        public IAclFeed? Acls => null;

        public ICluster For(ClusterCaller caller) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;
    }
}
