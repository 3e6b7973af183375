namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>Names the mechanism (KIP-152: the exchange then goes through SaslAuthenticate).</summary>
internal sealed class SaslHandshakeRequest(string mechanism)
    : WireRequest<SaslHandshakeResponse>(ApiKey.SaslHandshake, 1, 1, short.MaxValue)
{
    public override void Write(WireWriter writer, short version) => writer.String(mechanism);

    public override SaslHandshakeResponse Read(WireReader reader, short version) => new(reader.ErrorCode(), reader.StringArray());
}

internal sealed record SaslHandshakeResponse(KafkaErrorCode Error, IReadOnlyList<string> Mechanisms);

/// <summary>One step of the exchange.</summary>
internal sealed class SaslAuthenticateRequest(byte[] bytes) : WireRequest<SaslAuthenticateResponse>(ApiKey.SaslAuthenticate, 0, 2, 2)
{
    public override void Write(WireWriter writer, short version) => writer.Bytes(bytes).End();

    public override SaslAuthenticateResponse Read(WireReader reader, short version) => new(
        reader.ErrorCode(), reader.NullableString(), reader.Bytes(), version >= 1 ? reader.Int64() : 0);
}

/// <param name="Error">None, or SASL_AUTHENTICATION_FAILED.</param>
/// <param name="Message">The broker's own words.</param>
/// <param name="Bytes">Server's side of the exchange.</param>
/// <param name="SessionLifetimeMs">After this the broker closes the connection (KIP-368); 0: never.</param>
internal sealed record SaslAuthenticateResponse(KafkaErrorCode Error, string? Message, byte[] Bytes, long SessionLifetimeMs);
