using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3.Acls;

internal sealed record AclBody(
    string Kind,
    ResourceMetadata Metadata,
    string ClusterId,
    string ResourceType,
    string ResourceName,
    string PatternType,
    string Principal,
    string Host,
    string Operation,
    string Permission)
{
    public static AclBody From(AclBinding acl, Links links) => new(
        "KafkaAcl",
        new ResourceMetadata(AclLinks.Self(acl, links), ResourceName: null),
        links.ClusterId,
        AclNames.ResourceTypes.Name(acl.ResourceType),
        acl.ResourceName,
        AclNames.PatternTypes.Name(acl.PatternType),
        acl.Principal,
        acl.Host,
        AclNames.Operations.Name(acl.Operation),
        AclNames.Permissions.Name(acl.Permission));
}

/// <summary>What <c>DELETE /acls</c> answers: those that are gone.</summary>
internal sealed record DeletedAclsBody(IReadOnlyList<AclBody> Data);
