namespace Sluice.Kafka.Client.Wire.Security;

/// <summary>The client's side of one SASL exchange.</summary>
internal interface ISaslMechanism
{
    /// <summary>As it is called in <c>sasl.mechanism</c>.</summary>
    string Name { get; }

    /// <summary>The first message.</summary>
    ValueTask<byte[]> StartAsync(CancellationToken cancellationToken);

    /// <summary>The answer to a server's message; null when the exchange is over.</summary>
    /// <exception cref="KafkaFailure">The server's message does not prove what it should.</exception>
    byte[]? Next(byte[] challenge);
}
