using System.Collections.Immutable;

using Sluice.Kafka.Embedded.Configs;
using Sluice.Kafka.Embedded.Log;

namespace Sluice.Kafka.Embedded.Topics;

/// <summary>A topic as last committed. The logs and the spreader live on when configs or the partition count change.</summary>
internal sealed record Topic(
    long Id,
    string Name,
    ImmutableArray<PartitionLog> Partitions,
    ImmutableSortedDictionary<string, string> Configs,
    TopicSettings Settings,
    KeylessSpreader Spreader)
{
    /// <summary>Kafka keeps these for itself (<c>Topic.isInternal</c>).</summary>
    public bool IsInternal => Name is "__consumer_offsets" or "__transaction_state" or "__share_group_state";

    public bool TryGetPartition(int number, out PartitionLog log)
    {
        var known = (uint)number < (uint)Partitions.Length;
        log = known ? Partitions[number] : null!;
        return known;
    }
}
