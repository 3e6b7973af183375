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

    /// <summary>What is wrong with these settings, in sentences for the operator that begin with the setting's name.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        Named(Issuer, nameof(Issuer), "the issuer that brokers expect, such as https://sluice.example.com");
        Named(Audience, nameof(Audience), "the audience that brokers expect, such as kafka");
        Within(TokenLifetime, nameof(TokenLifetime), TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        Within(RotateEvery, nameof(RotateEvery), TimeSpan.FromMinutes(5), TimeSpan.FromDays(3650));
        Within(PublishBeforeUse, nameof(PublishBeforeUse), TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        if (PublishBeforeUse >= RotateEvery)
        {
            problems.Add($"{nameof(PublishBeforeUse)} must be shorter than {nameof(RotateEvery)}: else keys pile up.");
        }

        return problems;

        void Named(string? value, string name, string meaning)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                problems.Add($"{name} is missing: {meaning}.");
            }
        }

        void Within(TimeSpan value, string name, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{name} is {value:c}: it must be from {least:c} to {most:c}, written [days.]hours:minutes:seconds.");
            }
        }
    }
}
