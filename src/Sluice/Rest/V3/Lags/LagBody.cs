using Sluice.Rest.V3.ConsumerGroups;

namespace Sluice.Rest.V3.Lags;

internal sealed record LagBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ConsumerGroupId,
    string TopicName,
    int PartitionId,
    long CurrentOffset,
    long LogEndOffset,
    long Lag,
    string ConsumerId,
    string? InstanceId,
    string ClientId)
{
    public static LagBody From(PartitionLag lag, ConsumerGroupLinks at)
    {
        var (topic, partition) = (lag.Partition.Topic, lag.Partition.Partition);
        return new LagBody(
            "KafkaConsumerLag",
            new ResourceMetadata(at.Lag(topic, partition), $"{at.Crn}/lag={topic}/partition={partition}"),
            at.Links.ClusterId,
            at.Group,
            topic,
            partition,
            lag.CurrentOffset,
            lag.LogEndOffset,
            lag.Lag,
            lag.Owner?.MemberId ?? "",
            lag.Owner?.InstanceId,
            lag.Owner?.ClientId ?? "");
    }
}
