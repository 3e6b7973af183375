using Sluice.Rest.V3.ConsumerGroups;

namespace Sluice.Rest.V3.Lags;

internal sealed record LagSummaryBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ConsumerGroupId,
    string MaxLagConsumerId,
    string? MaxLagInstanceId,
    string MaxLagClientId,
    string MaxLagTopicName,
    int MaxLagPartitionId,
    long MaxLag,
    long TotalLag,
    Relationship MaxLagConsumer,
    Relationship MaxLagPartition)
{
    /// <summary>Of lags in their natural order: the first of the largest counts, also when all are 0.</summary>
    public static LagSummaryBody From(IReadOnlyList<PartitionLag> lags, ConsumerGroupLinks at)
    {
        var max = lags.MaxBy(l => l.Lag)!;
        var (topic, partition) = (max.Partition.Topic, max.Partition.Partition);
        var consumer = max.Owner?.MemberId ?? "";
        return new LagSummaryBody(
            "KafkaConsumerGroupLagSummary",
            new ResourceMetadata($"{at.Self}/lag-summary", $"{at.Crn}/lag-summary"),
            at.Links.ClusterId,
            at.Group,
            consumer,
            max.Owner?.InstanceId,
            max.Owner?.ClientId ?? "",
            topic,
            partition,
            max.Lag,
            lags.Sum(l => l.Lag),
            new Relationship(at.Consumer(consumer)),
            new Relationship(at.Links.Partition(topic, partition)));
    }
}
