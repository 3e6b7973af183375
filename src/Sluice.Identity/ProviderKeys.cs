using Microsoft.Extensions.Hosting;
using Sluice.Identity.Keys;
using Sluice.Identity.Tokens;
using Sluice.Identity.Trust;

namespace Sluice.Identity;

/// <summary>What administrators see of providers' keys (<c>…/identity-providers/{id}</c> and <c>…/jwks</c>).</summary>
public interface IProviderKeys
{
    /// <summary>The keys in use and how their last fetch went; null when there is no such provider.</summary>
    ProviderKeyStatus? StatusOf(string providerId);

    /// <summary>Fetches the keys now; null when there is no such provider. Waits for the fetch, at most <see cref="KeyOptions.FetchTimeout"/>, and before that as long for one under way.</summary>
    Task<ProviderKeyStatus?> RefreshAsync(string providerId, CancellationToken cancellationToken);

    /// <summary>Waits until the keys of all of one provider's issuers are here, trying again as fetches fail.</summary>
    /// <returns>False when some are not here after <paramref name="patience"/>.</returns>
    Task<bool> WaitAsync(string providerId, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Tries whether usable keys can be fetched from <paramref name="jwksUri"/>, before a provider is saved with it. Null when so; otherwise why not.</summary>
    /// <remarks>A provider saved with it within the next seconds begins with what was fetched.</remarks>
    Task<KeyProbeFailure?> ProbeAsync(string jwksUri, CancellationToken cancellationToken);
}

/// <summary>Why no usable keys could be fetched.</summary>
/// <param name="Reason">For the administrator; names no address but the given one's.</param>
/// <param name="IsUnreachable">The host's name has no address, or no way leads there: the network may not be there yet, and nothing is known against the URL.</param>
public sealed record KeyProbeFailure(string Reason, bool IsUnreachable);

/// <summary>A provider's keys.</summary>
/// <param name="Status"><c>OK</c>, <c>INVALID_JWKS_URI</c> or <c>ERROR_FETCHING_JWKS</c>; <c>REFRESHED</c> after a refresh that was asked for.</param>
/// <param name="LastRefresh">When keys were last fetched.</param>
/// <param name="Failure">Why the last fetch failed.</param>
/// <param name="Keys">The keys in use.</param>
public sealed record ProviderKeyStatus(
    string Status, DateTimeOffset? LastRefresh, string? Failure, IReadOnlyList<PublishedKey> Keys);

/// <summary>A key as administrators see it.</summary>
/// <param name="KeyType"><c>kty</c>.</param>
/// <param name="KeyId"><c>kid</c>.</param>
/// <param name="Algorithm"><c>alg</c>, as published, or the first one that fits.</param>
public sealed record PublishedKey(string KeyType, string? KeyId, string Algorithm);

internal sealed class ProviderKeys(Directories directories, KeyFetcher fetcher, ProbedKeys probed, TimeProvider time) : IProviderKeys
{
    public ProviderKeyStatus? StatusOf(string providerId) => Find(providerId) is { } provider ? Describe(provider.Keys.Status, "OK") : null;

    public async Task<ProviderKeyStatus?> RefreshAsync(string providerId, CancellationToken cancellationToken)
    {
        if (Find(providerId) is not { } provider)
        {
            return null;
        }

        await provider.Keys.RefreshAsync(cancellationToken);
        return Describe(provider.Keys.Status, "REFRESHED");
    }

    public async Task<bool> WaitAsync(string providerId, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        foreach (var provider in directories.Current.ByIssuer.Values.Where(provider => provider.Provider.Id == providerId))
        {
            while (await provider.Keys.GetAsync(cancellationToken) is null)
            {
                if (time.GetElapsedTime(start) > patience)
                {
                    return false;
                }

                await Task.Delay(provider.Keys.RetryAfter, time, cancellationToken);
            }
        }

        return true;
    }

    public async Task<KeyProbeFailure?> ProbeAsync(string jwksUri, CancellationToken cancellationToken)
    {
        var fetch = await fetcher.FetchAsync(jwksUri, cancellationToken);
        if (fetch.Failure is { } reason)
        {
            return new KeyProbeFailure(reason, fetch.IsUnreachable);
        }

        probed.Keep(jwksUri, fetch);
        return null;
    }

    private static ProviderKeyStatus Describe(KeyStatus status, string good) => new(
        status.LastFailure is null ? good : status.IsForbidden ? "INVALID_JWKS_URI" : "ERROR_FETCHING_JWKS",
        status.LastRefresh,
        status.LastFailure,
        status.Keys is null ? [] : [.. status.Keys.Keys.Select(Describe)]);

    private static PublishedKey Describe(VerificationKey key) => new(
        key.Family switch { KeyFamily.Rsa => "RSA", KeyFamily.Ed25519 => "OKP", _ => "EC" },
        key.KeyId,
        key.Algorithm ?? SignatureAlgorithm.All.First(key.Fits).Name);

    private TrustedProvider? Find(string providerId) =>
        directories.Current.ByIssuer.Values.FirstOrDefault(provider => provider.Provider.Id == providerId);
}

/// <summary>Fetches every provider's keys once the gateway serves, so that no request has to wait for them.</summary>
internal sealed class KeyWarmer(Directories directories, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Not earlier: a development provider may be this very process.
        lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var provider in directories.Current.ByIssuer.Values)
            {
                provider.Keys.Warm();
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
