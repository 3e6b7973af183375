namespace Sluice.Testing.Kafka;

/// <summary>What kind of cluster a test needs.</summary>
public sealed record RealKafkaOptions
{
    public int Brokers { get; init; } = 1;

    /// <summary>First port, from <see cref="RealKafka.FindPort"/>, when a test must know it beforehand; 0: any.</summary>
    public int Port { get; init; }

    /// <summary>A JWKS file, or the URL of one, for the OAUTH listener; null: no such listener.</summary>
    public string? JwksFile { get; init; }

    public string Issuer { get; init; } = "https://sluice.test";

    public string Audience { get; init; } = "kafka";

    /// <summary>Directory with <c>broker.pem</c> and <c>ca.pem</c> for the TLS listener; null: no such listener.</summary>
    public string? TlsDirectory { get; init; }

    /// <summary>Broker settings on top, <c>name=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>True when the test stops brokers or needs listeners: an address alone does not do.</summary>
    public bool NeedsLauncher { get; init; }
}
