using System.Buffers;

namespace Sluice.Rest.V3.Topics;

/// <summary>Kafka's rule for topic names: 1 to 249 of <c>[a-zA-Z0-9._-]</c>, not <c>.</c> or <c>..</c>.</summary>
internal static class TopicName
{
    public const int MaxLength = 249;

    private static readonly SearchValues<char> Legal =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Null when the name is legal, else what is wrong with it. Does not repeat the name: it may be long or hostile.</summary>
    public static string? Problem(string name) => name switch
    {
        "" => "Topic name is invalid: it is empty.",
        "." or ".." => "Topic name is invalid: it cannot be \".\" or \"..\".",
        { Length: > MaxLength } => $"Topic name is invalid: it has {name.Length} characters, at most {MaxLength} are allowed.",
        _ when name.AsSpan().ContainsAnyExcept(Legal) =>
            "Topic name is invalid: it may hold only ASCII letters and digits, '.', '_' and '-'.",
        _ => null,
    };
}
