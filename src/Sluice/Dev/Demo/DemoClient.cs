using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sluice.Dev.Demo;

/// <summary>What the demo asks over HTTP, with nothing but what any client has: the URL, a client id and a secret.</summary>
internal sealed class DemoClient(HttpClient http, DevInfo dev)
{
    private string _token = "";

    public string RecordsUrl(string topic) => $"{Topics}/{topic}/records";

    public IEnumerable<string> StreamHeaders => [$"Authorization: Bearer {_token}", $"Confluent-Identity-Pool-Id: {dev.PoolId}"];

    private string Topics => $"{dev.Url}/kafka/v3/clusters/{dev.ClusterId}/topics";

    /// <summary>Client credentials as Okta takes them: Basic, form body.</summary>
    public async Task<int> FetchTokenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, dev.OktaTokenUrl)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", dev.Scope)]),
        };
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{dev.ClientId}:{dev.ClientSecret}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        using var answer = await SendAsync(request, cancellationToken);
        _token = answer.RootElement.GetProperty("access_token").GetString()!;
        return answer.RootElement.GetProperty("expires_in").GetInt32();
    }

    public async Task CreateTopicAsync(string topic, int partitions, CancellationToken cancellationToken)
    {
        var body = $$"""{"topic_name":"{{topic}}","partitions_count":{{partitions}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, Topics)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        Authorize(request, dev.PoolId, _token);
        using var answer = await SendAsync(request, cancellationToken);
    }

    public async Task<(long Earliest, long Latest)> OffsetsAsync(string topic, int partition, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Topics}/{topic}/partitions/{partition}/offset");
        Authorize(request, dev.PoolId, _token);
        using var answer = await SendAsync(request, cancellationToken);
        return (answer.RootElement.GetProperty("earliest_offset").GetInt64(), answer.RootElement.GetProperty("latest_offset").GetInt64());
    }

    /// <summary>The same token with one letter of its payload changed: status, challenge and body of the refusal.</summary>
    public async Task<(int Status, string Challenge, string Body)> TryForgedTokenAsync(CancellationToken cancellationToken)
    {
        var parts = _token.Split('.');
        var last = parts[2][10] == 'A' ? 'B' : 'A';
        var forged = $"{parts[0]}.{parts[1]}.{parts[2][..10]}{last}{parts[2][11..]}";
        using var request = new HttpRequestMessage(HttpMethod.Get, Topics);
        Authorize(request, dev.PoolId, forged);
        return await RefusedAsync(request, cancellationToken);
    }

    /// <summary>A good token, but a pool that it does not belong to.</summary>
    public async Task<(int Status, string Challenge, string Body)> TryOtherPoolAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Topics);
        Authorize(request, "pool-of-somebody-else", _token);
        return await RefusedAsync(request, cancellationToken);
    }

    private static void Authorize(HttpRequestMessage request, string pool, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Confluent-Identity-Pool-Id", pool);
    }

    private async Task<(int Status, string Challenge, string Body)> RefusedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, response.Headers.WwwAuthenticate.ToString(), await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<JsonDocument> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body)
            : throw new HttpRequestException($"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {body}");
    }
}
