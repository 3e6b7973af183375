namespace Sluice.SchemaRegistry;

internal static partial class Log
{
    [LoggerMessage(3701, LogLevel.Warning, "The Schema Registry cannot be reached; records that name schemas are refused.")]
    public static partial void Unreachable(ILogger logger, Exception exception);
}
