using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.Groups;

/// <summary>How states and types of groups are written in bodies.</summary>
internal static class GroupWords
{
    public static string State(GroupState state) => AclNames.Upper(state.ToString());

    /// <summary>By topic, then partition: how assignments are listed.</summary>
    public static IEnumerable<TopicPartition> InOrder(IEnumerable<TopicPartition> partitions) =>
        partitions.OrderBy(static p => p.Topic, StringComparer.Ordinal).ThenBy(static p => p.Partition);

    public static string Type(GroupType type) => AclNames.Upper(type.ToString());
}
