using Microsoft.Extensions.Logging;

namespace Sluice.Identity;

/// <summary>What this room says. Ids are stable. No message holds a token, a secret or an unverified claim other than an issuer.</summary>
internal static partial class Log
{
    [LoggerMessage(LogEvents.KeysChanged, LogLevel.Information, "Identity provider {ProviderId} now publishes {KeyCount} usable keys; {SkippedCount} others are not used")]
    public static partial void KeysChanged(ILogger logger, string providerId, int keyCount, int skippedCount);

    [LoggerMessage(LogEvents.KeyFetchFailed, LogLevel.Warning, "Fetching the keys of identity provider {ProviderId} from {JwksUri} failed: {Failure}. Keys from before are held: {Held}")]
    public static partial void KeyFetchFailed(ILogger logger, string providerId, string jwksUri, string failure, bool held);

    [LoggerMessage(LogEvents.KeyFetchBroke, LogLevel.Error, "Fetching the keys of identity provider {ProviderId} ended in an unexpected error")]
    public static partial void KeyFetchBroke(ILogger logger, Exception exception, string providerId);

    [LoggerMessage(LogEvents.FilterInvalid, LogLevel.Error, "The filter of identity pool {PoolId} cannot be used, so the pool matches nobody: {Problem}")]
    public static partial void FilterInvalid(ILogger logger, string poolId, string problem);

    [LoggerMessage(LogEvents.IdentityClaimInvalid, LogLevel.Error, "The identity claim of {ResourceId} is not a path such as claims.sub, so it matches nobody")]
    public static partial void IdentityClaimInvalid(ILogger logger, string resourceId);

    [LoggerMessage(LogEvents.IssuerTwice, LogLevel.Error, "Identity providers {ProviderId} and {OtherProviderId} have the same issuer; tokens go to {ProviderId} only")]
    public static partial void IssuerTwice(ILogger logger, string providerId, string otherProviderId);
}

/// <summary>Stable ids of this room: 3000 to 3999.</summary>
internal static class LogEvents
{
    public const int KeysChanged = 3001;
    public const int KeyFetchFailed = 3002;
    public const int KeyFetchBroke = 3003;
    public const int FilterInvalid = 3020;
    public const int IdentityClaimInvalid = 3021;
    public const int IssuerTwice = 3022;
}
