using Microsoft.Extensions.Logging;

namespace Sluice.Access.Guard;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Denied. {Reason}")]
    public static partial void Denied(ILogger logger, string reason);
}
