using System.Text.Encodings.Web;
using Sluice.Kafka.Acls;

namespace Sluice.Rest.V3.Acls;

/// <summary>An ACL has no path of its own: its URL is the query that finds it. Here, and only here, URLs in bodies are encoded.</summary>
internal static class AclLinks
{
    public static string Self(AclBinding acl, Links links) => Self(
        links, acl.ResourceType, acl.ResourceName, acl.PatternType, acl.Principal, acl.Host, acl.Operation, acl.Permission);

    /// <summary>Of a list: repeats all seven filters, empty where nothing was asked.</summary>
    public static string Self(AclFilter filter, string? principal, Links links) => Self(
        links, filter.ResourceType, filter.ResourceName, filter.PatternType, principal, filter.Host, filter.Operation, filter.Permission);

    private static string Self(
        Links links,
        AclResourceType resourceType,
        string? resourceName,
        AclPatternType patternType,
        string? principal,
        string? host,
        AclOperation operation,
        AclPermission permission) =>
        $"{links.Cluster}/acls?resource_type={AclNames.ResourceTypes.Name(resourceType)}&resource_name={Encode(resourceName)}"
        + $"&pattern_type={AclNames.PatternTypes.Name(patternType)}&principal={Encode(principal)}&host={Encode(host)}"
        + $"&operation={AclNames.Operations.Name(operation)}&permission={AclNames.Permissions.Name(permission)}";

    /// <summary>As HTML forms do it (<c>application/x-www-form-urlencoded</c>): a space is <c>+</c>, <c>*</c> stays.</summary>
    private static string Encode(string? text) => UrlEncoder.Default.Encode(text ?? "")
        .Replace("%20", "+", StringComparison.Ordinal)
        .Replace("%2A", "*", StringComparison.Ordinal);
}
