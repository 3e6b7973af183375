using Sluice.Kafka.Acls;

namespace Sluice.Access;

/// <summary>An operation on a resource.</summary>
/// <param name="Operation">One of Kafka's; not <see cref="AclOperation.Any"/>.</param>
/// <param name="ResourceType">One of Kafka's.</param>
/// <param name="ResourceName">Its name: <see cref="ClusterName"/> for the cluster.</param>
public readonly record struct AccessNeed(AclOperation Operation, AclResourceType ResourceType, string ResourceName)
{
    /// <summary>The only name that a resource of type <see cref="AclResourceType.Cluster"/> has.</summary>
    public const string ClusterName = "kafka-cluster";

    public static AccessNeed Cluster(AclOperation operation) => new(operation, AclResourceType.Cluster, ClusterName);

    public static AccessNeed Topic(AclOperation operation, string topic) => new(operation, AclResourceType.Topic, topic);

    public static AccessNeed Group(AclOperation operation, string group) => new(operation, AclResourceType.Group, group);

    /// <summary>Such as <c>WRITE on TOPIC orders</c>; one line, whatever the name.</summary>
    public override string ToString() => ResourceType == AclResourceType.Cluster
        ? $"{Operations.Name(Operation)} on the CLUSTER"
        : $"{Operations.Name(Operation)} on {Operations.Name(ResourceType)} {SafeText.Of(ResourceName)}";
}
