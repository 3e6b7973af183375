using System.Buffers;

namespace Sluice.Kafka.Client.Producing;

/// <summary>Kafka's rule for topic names (<c>org.apache.kafka.common.internals.Topic</c>).</summary>
internal static class TopicNames
{
    private const int MaxLength = 249;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    public static bool IsLegal(string name) =>
        name.Length is > 0 and <= MaxLength && name is not ("." or "..") && !name.AsSpan().ContainsAnyExcept(Legal);
}
