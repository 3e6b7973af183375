using System.Collections.Frozen;
using static Sluice.Kafka.Acls.AclOperation;

namespace Sluice.Access.Roles;

/// <summary>The predefined roles and what each allows: one table (docs/access.md shows it to people).</summary>
public static class RoleTable
{
    /// <summary>Administers the organization and everything in it.</summary>
    public const string OrganizationAdmin = "OrganizationAdmin";

    private static readonly Operations Everything = Operations.All;
    private static readonly Operations Nothing = Operations.None;

    private static readonly FrozenDictionary<string, Role> Roles = new[]
    {
        //           role                    topic                                 group                      transactional id   cluster
        new Role(OrganizationAdmin,          Everything,                           Everything,                Everything,        Everything),
        new Role("EnvironmentAdmin",         Everything,                           Everything,                Everything,        Everything),
        new Role("CloudClusterAdmin",        Everything,                           Everything,                Everything,        Everything),
        new Role(
            "ResourceOwner",
            Of(Create, Delete, Read, Write, Describe, DescribeConfigs, Alter, AlterConfigs), Of(Read, Describe, Delete), Of(Describe, Write), Nothing),
        new Role("DeveloperRead",            Of(Read, Describe),                   Of(Read, Describe),        Of(Describe),      Nothing),
        new Role("DeveloperWrite",           Of(Write, Describe),                  Nothing,                   Of(Write, Describe), Of(IdempotentWrite)),
        new Role("DeveloperManage",          Of(Create, Delete, Describe, DescribeConfigs), Of(Describe, Delete), Of(Describe), Of(Create, Describe, DescribeConfigs)),
        new Role("Operator",                 Of(Describe, DescribeConfigs),        Of(Describe),              Of(Describe),      Of(Describe, DescribeConfigs)),
        Elsewhere("AccountAdmin"),
        Elsewhere("Assigner"),
        Elsewhere("BillingAdmin"),
        Elsewhere("ConnectManager"),
        Elsewhere("DataDiscovery"),
        Elsewhere("DataSteward"),
        Elsewhere("FlinkAdmin"),
        Elsewhere("FlinkDeveloper"),
        Elsewhere("FlinkFunctionDeveloper"),
        Elsewhere("KsqlAdmin"),
        Elsewhere("MetricsViewer"),
        Elsewhere("NetworkAdmin"),
        Elsewhere("ResourceKeyAdmin"),
    }.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>Every role there is, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Roles.Keys.Order(StringComparer.Ordinal)];

    internal static Role? Find(string name) => Roles.GetValueOrDefault(name);

    /// <summary>A role that says nothing about Kafka's resources.</summary>
    private static Role Elsewhere(string name) => new(name, Nothing, Nothing, Nothing, Nothing);

    private static Operations Of(params ReadOnlySpan<Kafka.Acls.AclOperation> operations) => Operations.Of(operations).WithImplied();
}
