namespace Sluice.Kafka.Acls;

/// <summary>One stored ACL.</summary>
/// <param name="ResourceType">What kind of thing it is about.</param>
/// <param name="ResourceName">Name, name prefix, or <c>*</c> with a literal pattern for all.</param>
/// <param name="PatternType"><see cref="AclPatternType.Literal"/> or <see cref="AclPatternType.Prefixed"/>.</param>
/// <param name="Principal">Such as <c>User:pool-a1b2</c>; <c>User:*</c> is everyone.</param>
/// <param name="Host">Client address, or <c>*</c>.</param>
/// <param name="Operation">What is allowed or denied.</param>
/// <param name="Permission">Allow or deny.</param>
public sealed record AclBinding(
    AclResourceType ResourceType,
    string ResourceName,
    AclPatternType PatternType,
    string Principal,
    string Host,
    AclOperation Operation,
    AclPermission Permission);

/// <summary>Which ACLs are meant. Null strings match any; enums have <c>Any</c> for that.</summary>
public sealed record AclFilter(
    AclResourceType ResourceType,
    string? ResourceName,
    AclPatternType PatternType,
    string? Principal,
    string? Host,
    AclOperation Operation,
    AclPermission Permission);
