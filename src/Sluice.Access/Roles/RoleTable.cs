using System.Collections.Frozen;
using Sluice.Access.Crn;
using static Sluice.Kafka.Acls.AclOperation;

namespace Sluice.Access.Roles;

/// <summary>The predefined roles and what each allows: one table (docs/access.md shows it to people).</summary>
public static class RoleTable
{
    /// <summary>Administers the organization and everything in it.</summary>
    public const string OrganizationAdmin = "OrganizationAdmin";

    /// <summary>Administers who is who: identity providers and pools.</summary>
    public const string AccountAdmin = "AccountAdmin";

    /// <summary>Administers an environment.</summary>
    public const string EnvironmentAdmin = "EnvironmentAdmin";

    /// <summary>Administers a cluster.</summary>
    public const string CloudClusterAdmin = "CloudClusterAdmin";

    /// <summary>Owns topics, groups or transactional ids, and may share them.</summary>
    public const string ResourceOwner = "ResourceOwner";

    /// <summary>Looks, and touches nothing.</summary>
    public const string Operator = "Operator";

    private static readonly Operations Everything = Operations.All;
    private static readonly Operations Nothing = Operations.None;

    // Where roles can be bound: what holds for all of a cluster, what may hold for one thing, and what says nothing about Kafka's resources.
    private const ScopeKind Whole = ScopeKind.Organization | ScopeKind.Environment | ScopeKind.Cluster;
    private const ScopeKind Parts = ScopeKind.Environment | ScopeKind.Cluster | ScopeKind.Topic | ScopeKind.Group | ScopeKind.TransactionalId | ScopeKind.Elsewhere;

    private static readonly FrozenDictionary<string, Role> Roles = new[]
    {
        //       role               bound at                role bindings         topic, group, transactional id, cluster
        new Role(OrganizationAdmin, ScopeKind.Organization, AccessRight.Alter,    Everything, Everything, Everything, Everything),
        new Role(EnvironmentAdmin,  ScopeKind.Environment,  AccessRight.Alter,    Everything, Everything, Everything, Everything),
        new Role(CloudClusterAdmin, ScopeKind.Cluster,      AccessRight.Alter,    Everything, Everything, Everything, Everything),
        new Role(
            ResourceOwner,          Parts,                  AccessRight.Alter,
            Of(Create, Delete, Read, Write, Describe, DescribeConfigs, Alter, AlterConfigs), Of(Read, Describe, Delete), Of(Describe, Write), Nothing),
        new Role("DeveloperRead",   Parts,                  AccessRight.None,     Of(Read, Describe), Of(Read, Describe), Of(Describe), Nothing),
        new Role("DeveloperWrite",  Parts,                  AccessRight.None,     Of(Write, Describe), Nothing, Of(Write, Describe), Of(IdempotentWrite)),
        new Role(
            "DeveloperManage",      Parts,                  AccessRight.None,
            Of(Create, Delete, Describe, DescribeConfigs), Of(Describe, Delete), Of(Describe), Of(Create, Describe, DescribeConfigs)),
        new Role(
            Operator,               Whole,                  AccessRight.Describe,
            Of(Describe, DescribeConfigs), Of(Describe), Of(Describe), Of(Describe, DescribeConfigs)),
        Elsewhere(AccountAdmin, ScopeKind.Organization),
        Elsewhere("BillingAdmin", ScopeKind.Organization),
        Elsewhere("MetricsViewer", Whole),
        Elsewhere("Assigner"),
        Elsewhere("ConnectManager"),
        Elsewhere("DataDiscovery"),
        Elsewhere("DataSteward"),
        Elsewhere("FlinkAdmin"),
        Elsewhere("FlinkDeveloper"),
        Elsewhere("FlinkFunctionDeveloper"),
        Elsewhere("KsqlAdmin"),
        Elsewhere("NetworkAdmin"),
        Elsewhere("ResourceKeyAdmin"),
    }.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>Every role there is, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Roles.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Why a role cannot be bound there: a sentence. Null: it can, or there is no such role.</summary>
    public static string? CannotBeBound(string role, CrnPattern scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Find(role) is not { } found || (found.Scopes & scope.Kind) != ScopeKind.None ? null
            : scope.Kind == ScopeKind.None ? "crn_pattern names nothing: a topic, group or transactional-id goes right behind kafka=<cluster>, and a cloud-cluster and its kafka have one name."
            : $"{role} holds for {Spell(found.Scopes)}, not for {Spell(scope.Kind)}: bind it at a crn_pattern that ends there, or choose another role.";
    }

    /// <summary>The role is bound at the organization and nowhere else.</summary>
    public static bool IsForTheOrganization(string role) => Find(role)?.Scopes == ScopeKind.Organization;

    internal static Role? Find(string name) => Roles.GetValueOrDefault(name);

    /// <summary>Every role that may do this with role bindings, the mightiest first.</summary>
    internal static IEnumerable<Role> With(AccessRight access) => Roles.Values.Where(role => role.Access >= access).OrderBy(role => role.Scopes);

    /// <summary>A role that says nothing about Kafka's resources.</summary>
    private static Role Elsewhere(string name, ScopeKind scopes = Whole | ScopeKind.Elsewhere) => new(name, scopes, AccessRight.None, Nothing, Nothing, Nothing, Nothing);

    private static Operations Of(params ReadOnlySpan<Kafka.Acls.AclOperation> operations) => Operations.Of(operations).WithImplied();

    private static string Spell(ScopeKind kinds)
    {
        var names = new (ScopeKind Kind, string Name)[]
        {
            (ScopeKind.Organization, "the organization"), (ScopeKind.Environment, "an environment"), (ScopeKind.Cluster, "a cluster"), (ScopeKind.Topic, "a topic"),
            (ScopeKind.Group, "a group"), (ScopeKind.TransactionalId, "a transactional id"), (ScopeKind.Elsewhere, "what is no part of Kafka"),
        }.Where(kind => (kinds & kind.Kind) != ScopeKind.None).Select(kind => kind.Name).ToArray();
        return names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} or {last}" : names[0];
    }
}
