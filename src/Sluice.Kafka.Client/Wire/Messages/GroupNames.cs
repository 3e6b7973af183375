using Sluice.Kafka.Groups;

namespace Sluice.Kafka.Client.Wire.Messages;

/// <summary>The protocol names states and types in CamelCase, some brokers in lower case.</summary>
internal static class GroupNames
{
    public static GroupState State(string name) =>
        Enum.TryParse<GroupState>(name, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : GroupState.Unknown;

    public static GroupType Type(string name) =>
        Enum.TryParse<GroupType>(name, ignoreCase: true, out var type) && Enum.IsDefined(type) ? type : GroupType.Unknown;
}
