using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Sluice.Identity.Keys.Outbound;
using Sluice.Identity.Rules;

namespace Sluice.Identity.Keys;

/// <summary>How one fetch of a JWK Set ended.</summary>
/// <param name="Keys">The keys; null when nothing can be said about them, none when not one of those published is usable.</param>
/// <param name="RefreshAfter">How long the answer says it is good, within the limits.</param>
/// <param name="Failure">Why it failed, or why no key is usable; safe to log.</param>
/// <param name="IsForbidden">It failed because the address may not be fetched from at all.</param>
internal sealed record KeyFetch(KeySet? Keys, TimeSpan RefreshAfter, string? Failure, bool IsForbidden)
{
    /// <summary>It failed because the host's name has no address, or no way leads there: nothing is known against the URL.</summary>
    public bool IsUnreachable { get; init; }

    public static KeyFetch Failed(string failure) => new(null, default, failure, IsForbidden: false);

    public static KeyFetch Forbidden(string failure) => new(null, default, failure, IsForbidden: true);
}

/// <summary>Fetches JWK Sets over HTTP, bounded in time and size.</summary>
internal sealed class KeyFetcher(IHttpClientFactory clients, IdentityOptions options, TimeProvider time)
{
    /// <summary>The named client; its handler is <see cref="GuardedConnection"/>.</summary>
    public const string ClientName = "Sluice.Identity.Keys";

    /// <summary>Fetches; never throws except when <paramref name="cancellationToken"/> ends it.</summary>
    public async Task<KeyFetch> FetchAsync(string jwksUri, CancellationToken cancellationToken)
    {
        if (ProviderRules.CheckJwksUri(jwksUri, options.Outbound) is { } problem)
        {
            return KeyFetch.Forbidden(problem);
        }

        using var limit = new CancellationTokenSource(options.Keys.FetchTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FetchOnceAsync(new Uri(jwksUri), both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return KeyFetch.Failed($"no whole answer within {options.Keys.FetchTimeout.TotalSeconds} s");
        }
        catch (HttpRequestException exception)
        {
            return exception.InnerException is ForbiddenAddressException forbidden
                ? KeyFetch.Forbidden(forbidden.Message)
                : KeyFetch.Failed($"{exception.HttpRequestError}: {exception.InnerException?.Message ?? exception.Message}") with
                {
                    IsUnreachable = exception.InnerException is SocketException { SocketErrorCode: var code } && LeadsNowhere(code),
                };
        }
        catch (IOException exception)
        {
            return KeyFetch.Failed(exception.Message);
        }
    }

    private async Task<KeyFetch> FetchOnceAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jwk-set+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return KeyFetch.Failed($"the answer was {(int)response.StatusCode}; only 200 counts, redirects are not followed");
        }

        if (!IsJson(response.Content.Headers.ContentType?.MediaType))
        {
            return KeyFetch.Failed("the answer's Content-Type is not JSON");
        }

        if (await ReadAsync(response.Content, cancellationToken) is not { } body)
        {
            return KeyFetch.Failed($"the answer is longer than {options.Keys.MaxBytes} bytes");
        }

        return KeySet.Parse(body, options.Keys.MaxKeys) switch
        {
            null => KeyFetch.Failed("the answer is not a JWK Set"),
            { Keys.Count: 0, Skipped.Count: 0 } => KeyFetch.Failed("the key set is empty"),

            // The provider's word all the same: it publishes nothing to verify with, so its tokens are refused, not put off.
            { Keys.Count: 0 } unusable => new KeyFetch(
                unusable, KeyLifetime.Least, $"the key set has no usable key ({string.Join("; ", unusable.Skipped)})", IsForbidden: false),
            var keys => new KeyFetch(keys, KeyLifetime.From(response.Headers), null, IsForbidden: false),
        };
    }

    private static bool LeadsNowhere(SocketError code) => code is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
        or SocketError.NoRecovery or SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown;

    private static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > options.Keys.MaxBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
