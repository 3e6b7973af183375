namespace Sluice.Kafka.Acls;

/// <summary>What can be done to a resource. Numbers are Kafka's (<c>AclOperation</c>); the order is the sort order of lists.</summary>
public enum AclOperation
{
    Unknown = 0,
    Any = 1,
    All = 2,
    Read = 3,
    Write = 4,
    Create = 5,
    Delete = 6,
    Alter = 7,
    Describe = 8,
    ClusterAction = 9,
    DescribeConfigs = 10,
    AlterConfigs = 11,
    IdempotentWrite = 12,
    CreateTokens = 13,
    DescribeTokens = 14,
    TwoPhaseCommit = 15,
}

/// <summary>Kafka's <c>ResourceType</c>.</summary>
public enum AclResourceType
{
    Unknown = 0,
    Any = 1,
    Topic = 2,
    Group = 3,
    Cluster = 4,
    TransactionalId = 5,
    DelegationToken = 6,
    User = 7,
}

/// <summary>Kafka's <c>PatternType</c>.</summary>
public enum AclPatternType
{
    Unknown = 0,
    Any = 1,
    Match = 2,
    Literal = 3,
    Prefixed = 4,
}

/// <summary>Kafka's <c>AclPermissionType</c>.</summary>
public enum AclPermission
{
    Unknown = 0,
    Any = 1,
    Deny = 2,
    Allow = 3,
}
