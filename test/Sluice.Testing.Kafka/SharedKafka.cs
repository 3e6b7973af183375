namespace Sluice.Testing.Kafka;

/// <summary>
/// One broker for all tests of a test process that neither stop it nor need listeners of their own. The first that asks starts it; it goes with the process.
/// </summary>
public static class SharedKafka
{
    private static readonly Lazy<Task<RealKafka>> Started = new(() => RealKafka.StartAsync(new RealKafkaOptions()));

    /// <summary>Why there is none here, saying what to set; null when there can be one.</summary>
    public static string? WhyNot { get; } = RealKafka.WhyNot(new RealKafkaOptions());

    /// <summary>Ask <see cref="WhyNot"/> first.</summary>
    public static Task<RealKafka> StartAsync() => Started.Value;
}
