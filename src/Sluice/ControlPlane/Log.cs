using Sluice.Identity;

namespace Sluice.ControlPlane;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Control plane refused by {Rule}: {Detail} (request {RequestId})")]
    public static partial void Refused(ILogger logger, RefusalRule rule, string detail, string requestId);

    [LoggerMessage(2002, LogLevel.Error, "The change log cannot be written (request {RequestId})")]
    public static partial void StateUnavailable(ILogger logger, Exception failure, string requestId);

    [LoggerMessage(2004, LogLevel.Information, "{Principal} may not {Method} {Route} as it asked (request {RequestId})")]
    public static partial void Denied(ILogger logger, string principal, string method, string? route, string requestId);

    [LoggerMessage(2003, LogLevel.Warning, "The ACLs of the deleted pool {Pool} remain on the cluster {Cluster}: {Detail}. They allow nobody anything; delete them there")]
    public static partial void AclsRemain(ILogger logger, Exception? failure, string pool, string? cluster, string detail);
}
