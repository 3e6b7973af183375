using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Dev.Demo;

/// <summary>What the demo asks over HTTP, with nothing but what any client has: the URL, a client id and a secret.</summary>
internal sealed class DemoClient(HttpClient http, DemoTarget target)
{
    private const string OtherPool = "pool-of-somebody-else";

    private string _token = "";
    private string? _clusterId = target.ClusterId;

    public DemoClient(HttpClient http, DevInfo dev)
        : this(http, DemoTarget.Of(dev))
    {
    }

    public string ClusterId => _clusterId ?? "";

    public IEnumerable<string> StreamHeaders =>
        [$"Authorization: Bearer {_token}", .. target.PoolId is { } pool ? (string[])[$"Confluent-Identity-Pool-Id: {pool}"] : []];

    private string Topics => $"{target.Url}/kafka/v3/clusters/{ClusterId}/topics";

    public string RecordsUrl(string topic) => $"{Topics}/{topic}/records";

    /// <summary>Client credentials as Okta takes them: Basic, form body.</summary>
    /// <returns>Seconds that the token is good for; 0 when the provider does not say.</returns>
    public async Task<int> FetchTokenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target.TokenUrl)
        {
            Content = new FormUrlEncodedContent(
                [new("grant_type", "client_credentials"), .. target.Scope is { } scope ? (KeyValuePair<string, string>[])[new("scope", scope)] : []]),
        };
        request.Headers.Authorization = Basic(target.ClientId, target.ClientSecret);
        using var answer = await SendAsync(request, cancellationToken);
        _token = answer.RootElement.GetProperty("access_token").GetString()!;
        return answer.RootElement.TryGetProperty("expires_in", out var lifetime) && lifetime.TryGetInt32(out var seconds) ? seconds : 0;
    }

    /// <summary>Finds a cluster to work on, when the target names none.</summary>
    public async Task FindClusterAsync(CancellationToken cancellationToken)
    {
        if (_clusterId is not null)
        {
            return;
        }

        using var request = AsClient(HttpMethod.Get, $"{target.Url}/kafka/v3/clusters");
        using var answer = await SendAsync(request, cancellationToken);
        _clusterId = answer.RootElement.GetProperty("data").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
            ? first.GetProperty("cluster_id").GetString()
            : throw new HttpRequestException($"{target.Url} shows this client no cluster. Name one with --cluster-id.");
    }

    public async Task CreateTopicAsync(string topic, int partitions, CancellationToken cancellationToken)
    {
        using var request = AsClient(HttpMethod.Post, Topics, new JsonObject { ["topic_name"] = topic, ["partitions_count"] = partitions });
        using var answer = await SendAsync(request, cancellationToken);
    }

    public async Task DeleteTopicAsync(string topic, CancellationToken cancellationToken)
    {
        using var request = AsClient(HttpMethod.Delete, $"{Topics}/{topic}");
        using var response = await http.SendAsync(request, cancellationToken);
    }

    public async Task<(long Earliest, long Latest)> OffsetsAsync(string topic, int partition, CancellationToken cancellationToken)
    {
        using var request = AsClient(HttpMethod.Get, $"{Topics}/{topic}/partitions/{partition}/offset");
        using var answer = await SendAsync(request, cancellationToken);
        return (answer.RootElement.GetProperty("earliest_offset").GetInt64(), answer.RootElement.GetProperty("latest_offset").GetInt64());
    }

    /// <summary>The same token with one letter of its signature changed.</summary>
    public Task<DemoRefusal> TryForgedTokenAsync(CancellationToken cancellationToken)
    {
        var parts = _token.Split('.');
        var last = parts[2][10] == 'A' ? 'B' : 'A';
        return RefusedAsync($"{parts[0]}.{parts[1]}.{parts[2][..10]}{last}{parts[2][11..]}", target.PoolId, cancellationToken);
    }

    /// <summary>A good token, but a pool that it does not belong to.</summary>
    public Task<DemoRefusal> TryOtherPoolAsync(CancellationToken cancellationToken) => RefusedAsync(_token, OtherPool, cancellationToken);

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static HttpRequestMessage Request(HttpMethod method, string url, string token, string? pool, JsonObject? body = null)
    {
        var request = new HttpRequestMessage(method, url)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (pool is not null)
        {
            request.Headers.Add("Confluent-Identity-Pool-Id", pool);
        }

        return request;
    }

    private HttpRequestMessage AsClient(HttpMethod method, string url, JsonObject? body = null) => Request(method, url, _token, target.PoolId, body);

    private async Task<DemoRefusal> RefusedAsync(string token, string? pool, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, Topics, token, pool);
        using var response = await http.SendAsync(request, cancellationToken);
        return new DemoRefusal(
            (int)response.StatusCode,
            response.Headers.WwwAuthenticate.ToString(),
            await response.Content.ReadAsStringAsync(cancellationToken),
            await ExplainAsync(token, pool, cancellationToken));
    }

    // Clients get the short form of a refusal; the whole one is for administrators.
    private async Task<string> ExplainAsync(string token, string? pool, CancellationToken cancellationToken)
    {
        if (target.Administrator is not var (key, secret))
        {
            return "";
        }

        using var request = Request(HttpMethod.Post, $"{target.Url}{Explain.TokensEndpoint.Path}", token, null, new JsonObject { ["token"] = token, ["pool_id"] = pool });
        request.Headers.Authorization = Basic(key, secret);
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return "";
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return answer.RootElement.TryGetProperty("refusal", out var refusal) ? refusal.GetProperty("detail").GetString()! : "";
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body)
            : throw new HttpRequestException(
                $"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {body}", inner: null, response.StatusCode);
    }
}
