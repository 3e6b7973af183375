using Sluice.Kafka.Acls;

namespace Sluice.Access.Roles;

/// <summary>What a predefined role allows in Kafka, by kind of resource. Roles only allow.</summary>
/// <param name="Name">Such as <c>DeveloperRead</c>.</param>
/// <param name="Topic">On topics.</param>
/// <param name="Group">On consumer, share and streams groups.</param>
/// <param name="TransactionalId">On transactional ids.</param>
/// <param name="Cluster">On the cluster itself.</param>
internal sealed record Role(string Name, Operations Topic, Operations Group, Operations TransactionalId, Operations Cluster)
{
    /// <summary>On the kinds that no role names: nothing, unless the role allows everything.</summary>
    public Operations On(AclResourceType type) => type switch
    {
        AclResourceType.Topic => Topic,
        AclResourceType.Group => Group,
        AclResourceType.TransactionalId => TransactionalId,
        AclResourceType.Cluster => Cluster,
        _ => Cluster == Operations.All ? Operations.All : Operations.None,
    };
}
