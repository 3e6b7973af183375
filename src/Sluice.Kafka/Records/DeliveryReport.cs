namespace Sluice.Kafka.Records;

/// <summary>What became of one record.</summary>
/// <param name="Error"><see cref="KafkaErrorCode.None"/> when it is stored.</param>
/// <param name="Partition">Where it is stored.</param>
/// <param name="Offset">Its offset there.</param>
/// <param name="Timestamp">
/// The timestamp it is stored with, in milliseconds since the epoch: the broker's own clock on topics with <c>LogAppendTime</c>.
/// </param>
public readonly record struct DeliveryReport(KafkaError Error, int Partition, long Offset, long Timestamp)
{
    public bool IsSuccess => Error.Code == KafkaErrorCode.None;

    public static DeliveryReport Failed(KafkaError error) => new(error, -1, -1, -1);
}
