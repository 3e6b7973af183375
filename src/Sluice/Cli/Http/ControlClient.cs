using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Cli.Connections;
using Sluice.Cli.Output;

namespace Sluice.Cli.Http;

/// <summary>Calls a gateway's control plane as an administrator. Every failure is a <see cref="CommandFailure"/> that says what to change.</summary>
internal sealed class ControlClient : IDisposable
{
    private const int PageSize = 100;
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly Connection _connection;
    private readonly HttpClient _http;

    private readonly Action<string> _warn;

    /// <param name="connection">Where, and as whom.</param>
    /// <param name="warn">Gets what the gateway says beside its answers (<c>Warning</c> header fields).</param>
    public ControlClient(Connection connection, Action<string> warn)
    {
        _connection = connection;
        _warn = warn;
        _http = CommandHttp.Create(connection.Http);
        _http.MaxResponseContentBufferSize = MaxAnswerBytes;
        _http.DefaultRequestHeaders.Authorization = connection.Token is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connection.ApiKey}:{connection.ApiSecret}")));
    }

    /// <summary>Makes sure that a gateway is there and the key administers it.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var response = await RespondAsync(HttpMethod.Get, "/org/v2/environments?page_size=1", null, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (JsonPointer.Text(answer, "/kind") != "EnvironmentList")
        {
            throw ApiFailures.NotAGateway(response, _connection.Url);
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <returns>Null when there is no such thing (404).</returns>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await RespondAsync(HttpMethod.Get, path, null, cancellationToken);
        return response.StatusCode == System.Net.HttpStatusCode.NotFound ? null : await ReadAsync(response, cancellationToken);
    }

    public Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task<JsonElement> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Patch, path, body, cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>A collection, page after page.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string path, IReadOnlyList<KeyValuePair<string, string?>> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(path, query), "page_size", PageSize.ToString());
        for (var next = first; next is not null;)
        {
            var page = await GetAsync(next, cancellationToken);
            if (!page.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            {
                throw new CommandFailure($"{_connection.Url} answered a list without 'data'.", "Is that the address of a Sluice gateway?");
            }

            foreach (var item in data.EnumerateArray())
            {
                yield return item;
            }

            // Of the link only the token is taken: the gateway may know itself by another address than the one it is reached at.
            next = page.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("next", out var link)
                && Uri.TryCreate(link.GetString(), UriKind.Absolute, out var uri)
                && QueryHelpers.ParseQuery(uri.Query).TryGetValue("page_token", out var token)
                ? QueryHelpers.AddQueryString(first, "page_token", token.ToString())
                : null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var response = await RespondAsync(method, path, body, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> RespondAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_connection.Url, path.TrimStart('/')));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw HttpFailures.Explain(failure, _connection.Url, "the gateway");
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.IsSuccessStatusCode && text.Length == 0)
        {
            return default;
        }

        foreach (var warning in response.Headers.Warning)
        {
            _warn(PrintableText.Of(warning.Text.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal)));
        }

        JsonElement body;
        try
        {
            using var document = JsonDocument.Parse(text);
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw ApiFailures.NotAGateway(response, _connection.Url);
        }

        return !response.IsSuccessStatusCode ? throw ApiFailures.Explain(response, body, _connection)
            : body.ValueKind == JsonValueKind.Object ? body
            : throw ApiFailures.NotAGateway(response, _connection.Url);
    }
}
