namespace Sluice.Kafka.Embedded.Configs;

/// <summary>When a broker config may be changed (KIP-226).</summary>
internal enum UpdateMode
{
    ReadOnly,
    PerBroker,
    ClusterWide,
}

/// <summary>What Kafka knows about one config.</summary>
/// <param name="Name">Config name.</param>
/// <param name="Type">How its text is read.</param>
/// <param name="Default">Its default as text; null for none.</param>
/// <param name="Rule">What values are allowed beyond the type; null for all.</param>
/// <param name="Mode">For broker configs: whether it can change while running.</param>
internal sealed record ConfigDefinition(
    string Name, ConfigType Type, string? Default, ConfigRule? Rule = null, UpdateMode Mode = UpdateMode.ReadOnly)
{
    public bool IsSensitive => Type == ConfigType.Password;

    /// <summary>Null when <paramref name="value"/> is fine; otherwise Kafka's words for what is wrong with it.</summary>
    public string? Check(string value)
    {
        var parsed = ConfigValue.Parse(Type, value, out var problem);
        problem ??= Rule?.Check(Name, parsed);

        // Lists: Kafka names the item that does not fit, and says nothing around an empty one.
        if (problem is not null && parsed is string[] list && Rule is not null)
        {
            return problem.StartsWith("Configuration ", StringComparison.Ordinal) ? problem
                : problem.StartsWith("String must", StringComparison.Ordinal) ? $"Invalid value {Rule.Offender(list)} for configuration {Name}: {problem}"
                : $"Invalid value {ConfigValue.Print(list)} for configuration {Name}: {problem}";
        }

        return problem is null ? null : $"Invalid value {ConfigValue.Print(parsed ?? value)} for configuration {Name}: {problem}";
    }
}
