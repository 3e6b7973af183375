namespace Sluice.Dev.IdentityProvider;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Debug, "Token issued by {Issuer}")]
    public static partial void TokenIssued(ILogger logger, string issuer);

    [LoggerMessage(7002, LogLevel.Information, "Token refused by {Issuer} with {Error}: {Description}")]
    public static partial void TokenRefused(ILogger logger, string issuer, string error, string? description);
}
