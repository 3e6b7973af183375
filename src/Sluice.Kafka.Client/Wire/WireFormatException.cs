namespace Sluice.Kafka.Client.Wire;

/// <summary>A broker's bytes do not mean what the protocol says they should.</summary>
internal sealed class WireFormatException(string message) : Exception(message);
