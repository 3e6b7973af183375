namespace Sluice.Kafka.Client.Minting;

/// <summary>How the gateway signs tokens for brokers.</summary>
public sealed class SigningKeyRingOptions
{
    /// <summary><c>iss</c>: what brokers have as <c>sasl.oauthbearer.expected.issuer</c>.</summary>
    public required string Issuer { get; set; }

    /// <summary><c>aud</c>: what brokers have as <c>sasl.oauthbearer.expected.audience</c>.</summary>
    public required string Audience { get; set; }

    /// <summary>Life of one token.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A key signs for this long.</summary>
    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A new key is published this long before it signs: at least the brokers' <c>sasl.oauthbearer.jwks.endpoint.refresh.ms</c>.</summary>
    public TimeSpan PublishBeforeUse { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Where private keys are kept, readable by the owner only. Null: in memory; a restart then begins with an unpublished key.</summary>
    public string? KeyDirectory { get; set; }

    /// <summary>The JWKS is also written here, for brokers that read <c>file:///…</c>.</summary>
    public string? JwksFile { get; set; }
}
