using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.Lags;

/// <summary>How far a group is behind in one partition, and which member reads it.</summary>
/// <param name="Partition">Which partition.</param>
/// <param name="CurrentOffset">The committed offset.</param>
/// <param name="LogEndOffset">The last stable offset: records of open transactions do not count.</param>
/// <param name="Owner">Null when no live member owns the partition.</param>
internal sealed record PartitionLag(TopicPartition Partition, long CurrentOffset, long LogEndOffset, GroupMember? Owner)
{
    public long Lag => Math.Max(0, LogEndOffset - CurrentOffset);
}
