using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Sluice.Serve;
using Sluice.State;
using Sluice.Testing.Issuers;

namespace Sluice.Testing;

/// <summary>The real gateway of <c>sluice serve</c> on a free loopback port, with an issuer of its own and an administrator.</summary>
internal sealed class ServeHost : IAsyncDisposable
{
    private const string AdministratorKey = "ADMIN";

    private static readonly string Secret = ApiKeySecret.Create();

    private readonly ServeGateway _gateway;
    private readonly DirectoryInfo _directory;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private string? _provider;

    private ServeHost(ServeGateway gateway, TestIssuer issuer, DirectoryInfo directory)
    {
        (_gateway, Issuer, _directory) = (gateway, issuer, directory);
        Http = new HttpClient(_handler) { BaseAddress = new Uri(gateway.Urls.First()) };
    }

    public HttpClient Http { get; }

    public TestIssuer Issuer { get; }

    public IServiceProvider Services => _gateway.Services;

    public IEnumerable<string> Urls => _gateway.Urls;

    public string DataDirectory => _directory.FullName;

    /// <param name="settings">Such as <c>Clusters:0:Client:bootstrap.servers=…</c>.</param>
    public static Task<ServeHost> StartAsync(params string[] settings) => StartAsync(settings, null);

    public static async Task<ServeHost> StartAsync(IEnumerable<string> settings, string? contentRoot, Action<WebApplicationBuilder>? configure = null, TestIssuer? ofIssuer = null)
    {
        var directory = Directory.CreateTempSubdirectory("sluice-serve-");
        var issuer = ofIssuer ?? await TestIssuer.StartAsync();
        string[] own =
        [
            "urls=http://127.0.0.1:0",
            $"Sluice:DataDirectory={directory.FullName}",
            $"Sluice:Administrator:ApiKey={AdministratorKey}",
            $"Sluice:Administrator:Secret={Secret}",
            "Sluice:Identity:Outbound:AllowHttpOnLoopback=true",
            "Sluice:Identity:Keys:FetchTimeout=00:00:30",
            "Sluice:Identity:Outbound:AllowedNetworks:0=127.0.0.0/8",
            "Logging:LogLevel:Default=None",
        ];
        var arguments = new ServeArguments { Settings = [.. own.Concat(settings).Select(s => "--" + s)], ContentRoot = contentRoot ?? directory.FullName };
        var (gateway, problems) = await ServeGateway.StartAsync(arguments, CancellationToken.None, configure);
        return gateway is not null ? new ServeHost(gateway, issuer, directory) : throw new InvalidOperationException(string.Join('\n', problems));
    }

    public static string ClusterPath(string clusterId) => $"/kafka/v3/clusters/{clusterId}";

    /// <summary>
    /// A pool for the tokens of one subject, or by another filter, under the test's issuer. Where the gateway decides, it may do everything on every cluster, unless
    /// <paramref name="isAdmin"/> says no. Returns its id.
    /// </summary>
    public async Task<string> CreatePoolAsync(string subject, string? filter = null, bool isAdmin = true)
    {
        _provider ??= await CreateAsync(
            "/iam/v2/identity-providers", new { display_name = "Test", description = "", issuer = Issuer.Issuer, jwks_uri = Issuer.JwksUri });
        var pool = await CreateAsync(
            $"/iam/v2/identity-providers/{_provider}/identity-pools",
            new { display_name = subject, description = "", identity_claim = "claims.sub", filter = filter ?? $"claims.sub == \"{subject}\"" });
        if (isAdmin)
        {
            await GrantAsync($"User:{pool}", "EnvironmentAdmin", "");
        }

        return pool;
    }

    /// <param name="principal">To whom.</param>
    /// <param name="role">Which role.</param>
    /// <param name="below">What of the clusters' environment: <c>/cloud-cluster=lkc-local/kafka=lkc-local/topic=orders</c>.</param>
    public Task<string> GrantAsync(string principal, string role, string below) => CreateAsync(
        "/iam/v2/role-bindings",
        new { principal, role_name = role, crn_pattern = $"crn://confluent.cloud/organization={Organization.Default.Id}/environment=env-default{below}" });

    /// <summary>A token for <paramref name="subject"/>, good for an hour.</summary>
    public string Token(string subject) => Issuer.Token(Issuer.Claims(TimeProvider.System.GetUtcNow(), subject));

    /// <summary>Sends as a pool, with a bearer token.</summary>
    public Task<Answer> SendAsync(string token, string? pool, HttpMethod method, string path, string? json = null)
    {
        var request = Request(method, path, json);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (pool is not null)
        {
            request.Headers.Add("Confluent-Identity-Pool-Id", pool);
        }

        return SendAsync(request);
    }

    /// <summary>Sends as the administrator.</summary>
    public Task<Answer> AdministerAsync(HttpMethod method, string path, string? json = null)
    {
        var request = Request(method, path, json);
        request.Headers.Authorization = GatewayHost.Basic(AdministratorKey, Secret);
        return SendAsync(request);
    }

    /// <summary>Sends without credentials.</summary>
    public Task<Answer> GetAsync(string path) => SendAsync(Request(HttpMethod.Get, path, null));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await _gateway.DisposeAsync();
        await Issuer.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? json) => new(method, path)
    {
        Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
    };

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request);
            return await Answer.FromAsync(response);
        }
    }

    private async Task<string> CreateAsync(string path, object body)
    {
        var made = await AdministerAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body));
        return made.Status == 201 ? made.Json.GetProperty("id").GetString()! : throw new InvalidOperationException($"{path} answered {made.Status}: {made.Body}");
    }
}
