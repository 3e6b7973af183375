namespace Sluice.Kafka.Embedded.Topics;

/// <summary>Kafka's naming rule (<c>org.apache.kafka.common.internals.Topic</c>).</summary>
internal static class TopicName
{
    private const int MaxLength = 249;

    /// <returns>Null when the name may be used; otherwise what is wrong with it, in Kafka's words.</returns>
    public static KafkaError? Check(string name)
    {
        var problem = name switch
        {
            "" => "the empty string is not allowed",
            "." => "'.' is not allowed",
            ".." => "'..' is not allowed",
            { Length: > MaxLength } => $"the length of '{name[..MaxLength]}…' is longer than the max allowed length {MaxLength}",
            _ when !name.All(IsLegal) =>
                $"'{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
            _ => null,
        };
        return problem is null ? null : new KafkaError(KafkaErrorCode.InvalidTopic, $"Topic name is invalid: {problem}");
    }

    /// <summary>Names that differ only in <c>.</c> and <c>_</c> would share metric names: Kafka refuses the second.</summary>
    public static bool Collide(string one, string other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i] && !(one[i] is '.' or '_' && other[i] is '.' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
