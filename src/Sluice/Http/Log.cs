using Sluice.Identity;

namespace Sluice.Http;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Refused by {Rule}: {Detail} (request {RequestId})")]
    public static partial void Refused(ILogger logger, RefusalRule rule, string detail, string requestId);

    [LoggerMessage(1002, LogLevel.Error, "Unhandled failure of {Method} {Route} (request {RequestId})")]
    public static partial void Unhandled(ILogger logger, Exception failure, string method, string route, string requestId);
}
