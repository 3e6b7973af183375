using Microsoft.Extensions.Logging;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Client.Clients;

internal static partial class Log
{
    /// <summary>librdkafka's own log line. Its levels are syslog's.</summary>
    public static void Library(ILogger log, Ck.LogMessage line) => Library(
        log,
        line.Level switch
        {
            <= Ck.SyslogLevel.Error => LogLevel.Warning, // it calls every lost connection an error
            Ck.SyslogLevel.Warning or Ck.SyslogLevel.Notice => LogLevel.Information,
            _ => LogLevel.Debug,
        },
        line.Facility,
        line.Message);

    [LoggerMessage(3100, LogLevel.Warning, "librdkafka did not accept the caller's token: {Reason}")]
    public static partial void TokenRefused(ILogger log, string reason);

    [LoggerMessage(3101, LogLevel.Warning, "The Kafka cluster at {Bootstrap} cannot be used yet: {Reason}")]
    public static partial void NotYet(ILogger log, string bootstrap, string reason);

    [LoggerMessage(3102, LogLevel.Information, "Connected to the Kafka cluster {ClusterId} at {Bootstrap}")]
    public static partial void Connected(ILogger log, string clusterId, string bootstrap);

    [LoggerMessage(3103, LogLevel.Warning, "Closing a principal's Kafka clients failed")]
    public static partial void CloseFailed(ILogger log, Exception exception);

    [LoggerMessage(3105, LogLevel.Warning, "The cluster's ACLs cannot be read: {Reason}")]
    public static partial void AclsUnread(ILogger log, string reason, Exception? cause);

    [LoggerMessage(3106, LogLevel.Information, "The cluster's ACLs are read again")]
    public static partial void AclsReadAgain(ILogger log);

    [LoggerMessage(EventId = 3104, Message = "{Facility}: {Message}")]
    private static partial void Library(ILogger log, LogLevel level, string facility, string message);
}
