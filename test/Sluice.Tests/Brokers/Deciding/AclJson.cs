using System.Text.Json;
using Sluice.Kafka.Acls;
using Sluice.Rest.V3;

namespace Sluice.Tests.Brokers.Deciding;

/// <summary>An ACL as <c>POST /acls</c> takes it and as <c>DELETE /acls</c> names it.</summary>
internal static class AclJson
{
    public static string Of(AclBinding acl) => JsonSerializer.Serialize(Fields(acl).ToDictionary(f => f.Name, f => f.Value));

    public static string QueryOf(AclBinding acl) => string.Join('&', Fields(acl).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));

    private static IEnumerable<(string Name, string Value)> Fields(AclBinding acl) =>
    [
        ("resource_type", AclNames.ResourceTypes.Name(acl.ResourceType)),
        ("resource_name", acl.ResourceName),
        ("pattern_type", AclNames.PatternTypes.Name(acl.PatternType)),
        ("principal", acl.Principal),
        ("host", acl.Host),
        ("operation", AclNames.Operations.Name(acl.Operation)),
        ("permission", AclNames.Permissions.Name(acl.Permission)),
    ];
}
