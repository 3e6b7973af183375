using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3;

/// <summary>What a caller needs for an operation of Kafka REST.</summary>
/// <param name="Operation">One of Kafka's; null: nothing.</param>
/// <param name="ResourceType">On what the path or the body names, or on the cluster.</param>
internal sealed record NeededRight(AclOperation? Operation, AclResourceType ResourceType)
{
    /// <summary>Being admitted is enough.</summary>
    public static NeededRight None { get; } = new(null, AclResourceType.Cluster);

    /// <summary>Any right on the cluster is enough; without one it is left out.</summary>
    public static NeededRight Some { get; } = new(null, AclResourceType.Cluster) { IsFiltered = true };

    /// <summary>The same operation on the cluster is enough too.</summary>
    public bool IsOrOnCluster { get; private init; }

    /// <summary>DESCRIBE on the topic is needed too.</summary>
    public bool IsAndOnTopic { get; private init; }

    /// <summary>What the caller has no right to is left out; nothing is refused.</summary>
    public bool IsFiltered { get; private init; }

    /// <summary>Topics that the caller may not describe are left out of the answer.</summary>
    public bool HidesTopics { get; private init; }

    public NeededRight OrOnCluster() => this with { IsOrOnCluster = true };

    public NeededRight AndOnTopic() => this with { IsAndOnTopic = true };

    public NeededRight Filters() => this with { IsFiltered = true };

    public NeededRight ShowsTopics() => this with { HidesTopics = true };

    /// <summary>A sentence for people who call it.</summary>
    public string Describe()
    {
        if (Operation is not { } operation)
        {
            return IsFiltered ? "Shows clusters on which the caller has some right." : "Needs no right: whoever is admitted may ask.";
        }

        var word = AclNames.Operation(operation);
        var where = ResourceType switch
        {
            AclResourceType.Topic => "the topic",
            AclResourceType.Group => "the group",
            _ => "the cluster",
        };
        var right = $"{word} on {where}{(IsOrOnCluster ? " or on the cluster" : "")}{(IsAndOnTopic ? " and DESCRIBE on the topic" : "")}";
        return (IsFiltered ? $"Shows what the caller has {right} for." : $"Needs {right}.")
            + (HidesTopics ? " Topics without DESCRIBE are left out." : "");
    }
}
