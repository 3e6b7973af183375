using Sluice.Kafka.Groups;

namespace Sluice.Rest.V3.Groups;

/// <summary>How states and types of groups are written in bodies.</summary>
internal static class GroupWords
{
    public static string State(GroupState state) => AclNames.Upper(state.ToString());

    public static string Type(GroupType type) => AclNames.Upper(type.ToString());
}
