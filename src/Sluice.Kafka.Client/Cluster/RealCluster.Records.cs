using Sluice.Kafka.Records;

namespace Sluice.Kafka.Client.Cluster;

internal sealed partial class RealCluster
{
    /// <inheritdoc />
    public ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record)
    {
        var error = lease.Take(out var held);
        if (error.Code != KafkaErrorCode.None)
        {
            return new(DeliveryReport.Failed(error));
        }

        var task = held.Clients.Producer.ProduceAsync(record);
        return held.IsPooled ? AwaitAsync(task, held) : task;
    }

    public Task<KafkaResult<IReadOnlyList<StoredRecord>>> ReadAsync(
        TopicPartition partition, long offset, int maxRecords, int maxBytes, CancellationToken cancellationToken) =>
        RunAsync(
            (clients, ct) => clients.Reader.ReadAsync(partition, offset, maxRecords, maxBytes, ct),
            partition.Topic,
            cancellationToken);

    /// <summary>Holds pooled clients until the record is reported.</summary>
    private static async ValueTask<DeliveryReport> AwaitAsync(ValueTask<DeliveryReport> task, Held held)
    {
        using (held)
        {
            return await task;
        }
    }
}
