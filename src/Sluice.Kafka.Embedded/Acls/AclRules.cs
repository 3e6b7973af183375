using Sluice.Kafka.Acls;

namespace Sluice.Kafka.Embedded.Acls;

/// <summary>Which ACLs may be stored, and which a filter means (Kafka's <c>AclControlManager</c> and <c>AclBindingFilter</c>).</summary>
internal static class AclRules
{
    private const string ClusterName = "kafka-cluster";

    public static KafkaError? CheckNew(AclBinding acl)
    {
        var problem =
            acl.ResourceType is AclResourceType.Unknown or AclResourceType.Any || !Enum.IsDefined(acl.ResourceType)
                ? $"Invalid resourceType {Java(acl.ResourceType)}"
            : acl.PatternType is not (AclPatternType.Literal or AclPatternType.Prefixed) ? $"Invalid patternType {Java(acl.PatternType)}"
            : acl.Operation is AclOperation.Unknown or AclOperation.Any || !Enum.IsDefined(acl.Operation) ? $"Invalid operation {Java(acl.Operation)}"
            : acl.Permission is not (AclPermission.Allow or AclPermission.Deny) ? $"Invalid permissionType {Java(acl.Permission)}"
            : acl.ResourceType == AclResourceType.Cluster && acl.ResourceName != ClusterName
                ? $"The only valid name for the CLUSTER resource is {ClusterName}"
            : acl.ResourceName.Length == 0 ? "Invalid empty resource name"
            : !IsPrincipal(acl.Principal) ? $"Could not parse principal from `{acl.Principal}` (no colon is present separating the principal type from the principal name)"
            : null;
        return problem is null ? null : new KafkaError(KafkaErrorCode.InvalidRequest, problem);
    }

    public static KafkaError? CheckFilter(AclFilter filter)
    {
        var problem =
            filter.ResourceType == AclResourceType.Unknown ? "resourceType"
            : filter.PatternType == AclPatternType.Unknown ? "patternType"
            : filter.Operation == AclOperation.Unknown ? "operation"
            : filter.Permission == AclPermission.Unknown ? "permissionType"
            : null;
        return problem is null
            ? null
            : new KafkaError(KafkaErrorCode.InvalidRequest, $"The ACL filter contains an UNKNOWN {problem}.");
    }

    public static bool Matches(AclFilter filter, AclBinding acl) =>
        (filter.ResourceType == AclResourceType.Any || filter.ResourceType == acl.ResourceType)
        && MatchesName(filter, acl)
        && (filter.Principal is null || filter.Principal == acl.Principal)
        && (filter.Host is null || filter.Host == acl.Host)
        && (filter.Operation == AclOperation.Any || filter.Operation == acl.Operation)
        && (filter.Permission == AclPermission.Any || filter.Permission == acl.Permission);

    // PatternType.MATCH: every stored pattern that would apply to the name, the wildcard and prefixes among them.
    private static bool MatchesName(AclFilter filter, AclBinding acl) => filter.PatternType switch
    {
        AclPatternType.Any => filter.ResourceName is null || filter.ResourceName == acl.ResourceName,
        AclPatternType.Match => filter.ResourceName is null
            || (acl.PatternType == AclPatternType.Literal
                ? acl.ResourceName == filter.ResourceName || acl.ResourceName == "*"
                : filter.ResourceName.StartsWith(acl.ResourceName, StringComparison.Ordinal)),
        _ => filter.PatternType == acl.PatternType && (filter.ResourceName is null || filter.ResourceName == acl.ResourceName),
    };

    private static bool IsPrincipal(string principal) => principal.Contains(':', StringComparison.Ordinal);

    // As Java prints its enums: TRANSACTIONAL_ID.
    private static string Java<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
}
