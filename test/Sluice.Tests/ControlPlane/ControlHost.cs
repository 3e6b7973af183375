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
using Sluice.State;
using Sluice.State.Logs;
using Sluice.Testing.Specs;

namespace Sluice.Tests.ControlPlane;

/// <summary>The gateway on a free loopback port, with a state of its own, one cluster and one administrator.</summary>
internal sealed class ControlHost : IAsyncDisposable
{
    public const string Organization = "crn://confluent.cloud/organization=5e1fc105-ed9a-4e00-8000-000000000001";

    private readonly WebApplication _app;
    private readonly StateStore _store;

    private ControlHost(WebApplication app, StateStore store)
    {
        _app = app;
        _store = store;
        Http = Client("ADMIN", "secret");
    }

    /// <summary>An administrator's client.</summary>
    public HttpClient Http { get; }

    public GatewayState State => _store.Current;

    public static async Task<ControlHost> StartAsync(params string[] settings)
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
        builder.Services.AddSluiceIdentity(builder.Configuration);
        builder.Services.AddSingleton<IAuthenticator>(new KeyAuthenticator(store));
        builder.Services.AddSingleton(new ClusterDirectory([new NamedCluster("lkc-1")]));
        var app = builder.Build();
        app.UseGateway();
        await app.StartAsync();
        return new ControlHost(app, store);
    }

    public HttpClient Client(string key, string secret)
    {
        var client = new HttpClient(SpecFiles.Checking(new SocketsHttpHandler())) { BaseAddress = new Uri(_app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));
        return client;
    }

    public HttpClient Stranger() => new(SpecFiles.Checking(new SocketsHttpHandler())) { BaseAddress = new Uri(_app.Urls.First()) };

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.Headers.Contains("X-Request-Id"), $"{method} {path} has no X-Request-Id.");
        if (answer.Length == 0)
        {
            return (response.StatusCode, default);
        }

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return (response.StatusCode, JsonDocument.Parse(answer).RootElement);
    }

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
    }

    private sealed class KeyAuthenticator(IStateSource source) : IAuthenticator
    {
        public ValueTask<AuthenticationOutcome> AuthenticateAsync(in PresentedCredentials credentials, CancellationToken cancellationToken)
        {
            if (!AuthenticationHeaderValue.TryParse(credentials.Authorization, out var header))
            {
                return new(new AuthenticationOutcome(new Refusal(RefusalRule.NoCredentials, "")));
            }

            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!)).Split(':', 2);
            return new(source.Current.ApiKeys.TryGetValue(pair[0], out var key) && ApiKeySecret.Verify(key.SecretHash, Encoding.UTF8.GetBytes(pair[1]))
                ? new AuthenticationOutcome(new Caller([key.Principal], CallerKind.ApiKey, null) { ApiKeyId = key.Id, ResourceId = key.ResourceId })
                : new AuthenticationOutcome(new Refusal(RefusalRule.BadApiKey, "")));
        }
    }

    private sealed class NamedCluster(string id) : IClusterConnection
    {
        public string? ClusterId => id;

        public ICluster For(ClusterCaller caller) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => default;
    }
}
