namespace Sluice.Kafka.Embedded;

/// <summary>The embedded cluster cannot be opened. The message says what to do.</summary>
public sealed class EmbeddedClusterException : Exception
{
    public EmbeddedClusterException()
    {
    }

    public EmbeddedClusterException(string message)
        : base(message)
    {
    }

    public EmbeddedClusterException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
