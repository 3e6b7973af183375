namespace Sluice.Kafka.Client.Wire;

/// <summary>Carries a <see cref="KafkaError"/> up to this room's edge, where it becomes a value.</summary>
internal sealed class KafkaFailure(KafkaError error, Exception? inner = null) : Exception(error.Message, inner)
{
    public KafkaError Error { get; } = error;
}
