namespace Sluice.Kafka.Client.Wire.Security;

/// <summary>Where SASL/OAUTHBEARER gets its token.</summary>
internal interface IBearerTokens
{
    /// <summary>A token that is valid now.</summary>
    /// <exception cref="KafkaFailure">There is none.</exception>
    ValueTask<BearerToken> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Value">The token.</param>
/// <param name="Expires">End of its life.</param>
/// <param name="Principal">Whose it is: librdkafka wants a name, brokers read their own from the token.</param>
internal sealed record BearerToken(string Value, DateTimeOffset Expires, string Principal)
{
    /// <summary>Tokens do not go into texts.</summary>
    public override string ToString() => $"BearerToken for {Principal} until {Expires:O}";
}
