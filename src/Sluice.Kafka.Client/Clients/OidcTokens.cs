using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sluice.Kafka.Client.Wire;
using Sluice.Kafka.Client.Wire.Security;

namespace Sluice.Kafka.Client.Clients;

/// <summary>
/// Tokens by client credentials (RFC 6749 §4.4) from the settings that librdkafka's own <c>sasl.oauthbearer.method=oidc</c> takes,
/// for the requests that do not go through librdkafka.
/// </summary>
internal sealed class OidcTokens(IReadOnlyDictionary<string, string> settings, TimeProvider time) : IBearerTokens, IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    private readonly SemaphoreSlim _one = new(1);
    private volatile BearerToken? _current;

    public async ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is { } token && token.Expires - time.GetUtcNow() > TimeSpan.FromSeconds(30))
        {
            return token;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } renewed && renewed.Expires - time.GetUtcNow() > TimeSpan.FromSeconds(30))
            {
                return renewed;
            }

            return _current = await FetchAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<BearerToken> FetchAsync(CancellationToken cancellationToken)
    {
        var url = settings.GetValueOrDefault("sasl.oauthbearer.token.endpoint.url");
        var id = settings.GetValueOrDefault("sasl.oauthbearer.client.id") ?? settings.GetValueOrDefault("sasl.oauthbearer.client.credentials.client.id");
        var secret = settings.GetValueOrDefault("sasl.oauthbearer.client.secret") ?? settings.GetValueOrDefault("sasl.oauthbearer.client.credentials.client.secret");
        if (url is null || id is null || secret is null)
        {
            throw Failed("sasl.oauthbearer.token.endpoint.url, .client.id and .client.secret must all be set");
        }

        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["grant_type"] = "client_credentials" };
        if (settings.TryGetValue("sasl.oauthbearer.scope", out var scope))
        {
            form["scope"] = scope;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        try
        {
            using var response = await Http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Failed($"{url} answered {(int)response.StatusCode}");
            }

            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var lifetime = answer.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var s) ? s : 300;
            return answer.RootElement.TryGetProperty("access_token", out var token) && token.GetString() is { Length: > 0 } value
                ? new BearerToken(value, time.GetUtcNow().AddSeconds(lifetime), id)
                : throw Failed($"{url} answered without an access_token");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException)
        {
            throw Failed($"{url}: {e.Message}");
        }
    }

    private static KafkaFailure Failed(string why) => new(new KafkaError(
        KafkaErrorCode.SaslAuthenticationFailed, $"Authentication with the Kafka cluster failed: no token from its identity provider: {why}."));
}
