using Sluice.Access.Roles;

namespace Sluice.ControlPlane;

/// <summary>
/// Who may call a route: the one table of the control plane (docs/control-plane.md shows it to people). A caller needs one of the roles, bound where the role belongs;
/// what it then sees and changes is what its scope has (<see cref="ControlAccess"/>).
/// </summary>
/// <param name="Roles">Any one of these; none: every authenticated caller.</param>
internal sealed record NeedsCaller(params IReadOnlyList<string> Roles)
{
    /// <summary>Any authenticated caller.</summary>
    public static NeedsCaller Anybody { get; } = new();

    /// <summary>What holds for everybody: accounts, keys, users, environments, history.</summary>
    public static NeedsCaller AnAdministrator { get; } = new(RoleTable.OrganizationAdmin);

    /// <summary>Identity providers and pools, to read and to change.</summary>
    public static NeedsCaller AnIdentityAdministrator { get; } = new(RoleTable.OrganizationAdmin, RoleTable.AccountAdmin);

    /// <summary>Users, service accounts and the names of API keys, to read.</summary>
    public static NeedsCaller AnAccountReader { get; } = new(RoleTable.OrganizationAdmin, RoleTable.AccountAdmin);

    /// <summary>Role bindings, environments and clusters, to read: those in the caller's scope.</summary>
    public static NeedsCaller AnAccessReader { get; } =
        new(RoleTable.OrganizationAdmin, RoleTable.EnvironmentAdmin, RoleTable.CloudClusterAdmin, RoleTable.ResourceOwner, RoleTable.Operator);

    /// <summary>Role bindings, to make and to delete: those in the caller's scope that give no more than the caller has.</summary>
    public static NeedsCaller AnAccessAdministrator { get; } =
        new(RoleTable.OrganizationAdmin, RoleTable.EnvironmentAdmin, RoleTable.CloudClusterAdmin, RoleTable.ResourceOwner);

    /// <summary>The organization's name, to read: whoever administers something in it.</summary>
    public static NeedsCaller AnyAdministrator { get; } =
        new(RoleTable.OrganizationAdmin, RoleTable.AccountAdmin, RoleTable.EnvironmentAdmin, RoleTable.CloudClusterAdmin, RoleTable.ResourceOwner, RoleTable.Operator);

    /// <summary>For people: <c>OrganizationAdmin or AccountAdmin</c>.</summary>
    public override string ToString() => Roles is [] ? "whoever has credentials" : Or(Roles);

    /// <summary>For people: <c>OrganizationAdmin at crn://…, or EnvironmentAdmin or CloudClusterAdmin at something in it</c>.</summary>
    /// <param name="organization">Its resource name.</param>
    public string At(string organization)
    {
        string[] inside = [.. Roles.Where(role => !RoleTable.IsForTheOrganization(role))];
        return $"{Or([.. Roles.Except(inside)])} at {organization}{(inside.Length == 0 ? "" : $", or {Or(inside)} at something in it")}";
    }

    private static string Or(IReadOnlyList<string> roles) => roles is [var only] ? only : $"{string.Join(", ", roles.SkipLast(1))} or {roles[^1]}";
}
