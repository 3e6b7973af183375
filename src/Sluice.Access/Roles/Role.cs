using Sluice.Access.Crn;
using Sluice.Kafka.Acls;

namespace Sluice.Access.Roles;

/// <summary>What a predefined role allows in Kafka, by kind of resource, and where it can be bound. Roles only allow.</summary>
/// <param name="Name">Such as <c>DeveloperRead</c>.</param>
/// <param name="Scopes">Where it can be bound.</param>
/// <param name="Access">What it may do with role bindings.</param>
/// <param name="Topic">On topics.</param>
/// <param name="Group">On consumer, share and streams groups.</param>
/// <param name="TransactionalId">On transactional ids.</param>
/// <param name="Cluster">On the cluster itself.</param>
internal sealed record Role(
    string Name, ScopeKind Scopes, AccessRight Access, Operations Topic, Operations Group, Operations TransactionalId, Operations Cluster)
{
    /// <summary>It allows something in Kafka, wherever that may be.</summary>
    public bool IsAboutKafka => (Topic | Group | TransactionalId | Cluster) != Operations.None;

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
