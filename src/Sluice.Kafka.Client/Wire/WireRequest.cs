namespace Sluice.Kafka.Client.Wire;

/// <summary>
/// One kind of request: its number, the versions we can write, and how to write it and read the answer.
/// Field lists are those of the protocol's public message definitions (https://kafka.apache.org/protocol).
/// </summary>
/// <param name="api">Request number.</param>
/// <param name="min">Lowest version we can write.</param>
/// <param name="max">Highest version we can write.</param>
/// <param name="flexibleFrom">First version with compact types and tagged fields.</param>
internal abstract class WireRequest<TResponse>(ApiKey api, short min, short max, short flexibleFrom)
{
    public ApiKey Api { get; } = api;

    public short Min { get; } = min;

    public short Max { get; } = max;

    public bool IsFlexible(short version) => version >= flexibleFrom;

    /// <summary>False when sending it a second time could give another answer than the first, such as "already exists".</summary>
    public virtual bool IsIdempotent => true;

    public abstract void Write(WireWriter writer, short version);

    public abstract TResponse Read(WireReader reader, short version);

    /// <summary>An error of the whole answer that says "ask again" or "ask another broker".</summary>
    public virtual KafkaErrorCode TopLevelError(TResponse response) => KafkaErrorCode.None;
}
