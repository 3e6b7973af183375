using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Dev;
using Sluice.Identity;
using Sluice.Testing.Specs;

namespace Sluice.Testing;

/// <summary>The real gateway of <c>sluice dev</c> on a free loopback port with a data directory of its own.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly DevGateway _gateway;
    private readonly DirectoryInfo _directory;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private string? _token;

    private GatewayHost(DevGateway gateway, DirectoryInfo directory)
    {
        (_gateway, _directory) = (gateway, directory);
        Http = new HttpClient(SpecFiles.Checking(_handler)) { BaseAddress = new Uri(gateway.Info.Url) };
    }

    public HttpClient Http { get; }

    public DevInfo Info => _gateway.Info;

    public IServiceProvider Services => _gateway.Services;

    /// <summary><c>/kafka/v3/clusters/{id}</c>.</summary>
    public string Cluster => $"/kafka/v3/clusters/{Info.ClusterId}";

    /// <param name="configure">Changes what is registered.</param>
    /// <param name="dev">Changes what <c>sluice dev</c> is asked for, such as <c>dev with { Kafka = "127.0.0.1:9092" }</c>.</param>
    public static async Task<GatewayHost> StartAsync(
        Action<WebApplicationBuilder>? configure = null, Func<DevOptions, DevOptions>? dev = null)
    {
        var directory = Directory.CreateTempSubdirectory("sluice-test-");
        var options = new DevOptions { Urls = "http://127.0.0.1:0", DataDirectory = directory.FullName, LogLevel = LogLevel.Error };
        options = dev?.Invoke(options) ?? options;
        for (var attempt = 1; ; attempt++)
        {
            var (gateway, problem) = await DevGateway.StartAsync(options, CancellationToken.None, builder =>
            {
                // A machine that runs much else may take long to answer itself.
                builder.Services.PostConfigure<IdentityOptions>(identity => identity.Keys.FetchTimeout = TimeSpan.FromSeconds(30));
                configure?.Invoke(builder);
            });
            if (gateway is not null)
            {
                return new GatewayHost(gateway, directory);
            }

            // Between choosing a free port and listening on it somebody else may have taken it.
            if (attempt == 5)
            {
                throw new InvalidOperationException(problem);
            }
        }
    }

    /// <summary>A token of the development identity provider, Okta's shape; fetched once.</summary>
    public async Task<string> TokenAsync()
    {
        if (_token is null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Info.OktaTokenUrl)
            {
                Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", Info.Scope)]),
            };
            request.Headers.Authorization = Basic(Info.ClientId, Info.ClientSecret);
            using var response = await Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            _token = body.RootElement.GetProperty("access_token").GetString()!;
        }

        return _token;
    }

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>A request as the pool, with its token.</summary>
    public async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        request.Headers.Add("Confluent-Identity-Pool-Id", Info.PoolId);
        return request;
    }

    /// <summary>Sends as the pool; a string body goes as JSON.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = await RequestAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return await Answer.FromAsync(response);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    /// <summary>Makes a topic and asserts that it was made.</summary>
    public async Task CreateTopicAsync(string topic, int partitions = 1)
    {
        var answer = await PostAsync($"{Cluster}/topics", $$"""{"topic_name":"{{topic}}","partitions_count":{{partitions}}}""");
        if (answer.Status != 201)
        {
            throw new InvalidOperationException($"Creating {topic} answered {answer.Status}: {answer.Body}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await _gateway.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
