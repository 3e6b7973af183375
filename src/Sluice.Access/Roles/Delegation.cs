using Sluice.Access.Crn;
using Sluice.Kafka.Acls;
using Sluice.State;

namespace Sluice.Access.Roles;

/// <summary>What a caller may do with the role bindings of others, by its own: nobody gives, or takes away, more than it has.</summary>
/// <remarks>Immutable, made for one question at a time: whoever decides on a change makes it of the state that the change is made to.</remarks>
public sealed class Delegation
{
    private static readonly AclResourceType[] KafkaKinds = [AclResourceType.Topic, AclResourceType.Group, AclResourceType.TransactionalId, AclResourceType.Cluster];

    private readonly List<(Role Role, CrnPattern Scope)> _held = [];

    /// <param name="bindings">The caller's.</param>
    /// <param name="organization">Everything is in it: bindings elsewhere, and where their role cannot be bound, count for nothing.</param>
    public Delegation(IEnumerable<RoleBinding> bindings, CrnPattern organization)
    {
        ArgumentNullException.ThrowIfNull(bindings);
        ArgumentNullException.ThrowIfNull(organization);
        foreach (var binding in bindings)
        {
            if (RoleTable.Find(binding.RoleName) is { } role && CrnPattern.TryParse(binding.CrnPattern, out var scope, out _)
                && (role.Scopes & scope.Kind) != ScopeKind.None && (organization.Contains(scope) || scope.Contains(organization)))
            {
                _held.Add((role, scope));
            }
        }

        AdministersAll = _held.Exists(held => held.Role.Name == RoleTable.OrganizationAdmin && held.Scope.Contains(organization));
    }

    /// <summary>The caller is an OrganizationAdmin.</summary>
    public bool AdministersAll { get; }

    /// <summary>The caller has one of these roles somewhere.</summary>
    public bool HasAny(IReadOnlyCollection<string> roles) => _held.Exists(held => roles.Contains(held.Role.Name));

    /// <summary>The caller may know the role bindings that hold there and nowhere else.</summary>
    public bool MayDescribe(CrnPattern scope) => AdministersAll || _held.Exists(held => held.Role.Access >= AccessRight.Describe && held.Scope.Contains(scope));

    /// <summary>Some role of the caller holds for all of it, or for something in it.</summary>
    /// <param name="place">Such as a cluster.</param>
    /// <param name="onlyAdministration">Only roles count that may at least know role bindings.</param>
    public bool ReachesInto(CrnPattern place, bool onlyAdministration)
    {
        ArgumentNullException.ThrowIfNull(place);
        return AdministersAll
            || _held.Exists(held => (!onlyAdministration || held.Role.Access >= AccessRight.Describe) && (held.Scope.Contains(place) || place.Contains(held.Scope)));
    }

    /// <summary>Whether the caller may make, or delete, a binding of <paramref name="roleName"/> at <paramref name="scope"/>.</summary>
    /// <param name="roleName">The role.</param>
    /// <param name="scope">What it holds for.</param>
    /// <param name="excess">When not, and the caller does own what it holds for: what the role gives there beyond what the caller has.</param>
    public bool MayAlter(string roleName, CrnPattern scope, out string? excess)
    {
        ArgumentNullException.ThrowIfNull(scope);
        excess = null;
        if (AdministersAll)
        {
            return true;
        }

        var within = _held.FindAll(held => held.Scope.Contains(scope));
        if (RoleTable.Find(roleName) is not { } role || !within.Exists(held => held.Role.Access == AccessRight.Alter))
        {
            return false;
        }

        // Everything includes what this gateway knows nothing about.
        if (within.Exists(held => held.Role.Access == AccessRight.Alter && held.Role.Cluster == Operations.All))
        {
            return true;
        }

        excess = Excess(role, scope.Kind, within);
        return excess is null;
    }

    /// <summary>Who could make or delete such a binding, OrganizationAdmin apart: <c>EnvironmentAdmin at crn://…</c>, each at the innermost scope that would do.</summary>
    public static IEnumerable<string> WhoMayAlter(string roleName, CrnPattern scope, CrnPattern organization)
    {
        ArgumentNullException.ThrowIfNull(scope);
        foreach (var candidate in RoleTable.With(AccessRight.Alter).Where(role => role.Name != RoleTable.OrganizationAdmin))
        {
            var place = candidate.Scopes.HasFlag(scope.Kind) ? scope.ToString()
                : candidate.Scopes.HasFlag(ScopeKind.Cluster) ? scope.DownTo(ScopeKind.Cluster)
                : scope.DownTo(ScopeKind.Environment);
            if (place is not null && new Delegation([new RoleBinding("", "", candidate.Name, place)], organization).MayAlter(roleName, scope, out _))
            {
                yield return $"{candidate.Name} at {place}";
            }
        }
    }

    private static string? Excess(Role role, ScopeKind kind, List<(Role Role, CrnPattern Scope)> within)
    {
        if (kind == ScopeKind.Elsewhere || !role.IsAboutKafka || !role.Scopes.HasFlag(kind))
        {
            return $"{role.Name} there is about more than Kafka's resources";
        }

        foreach (var type in KafkaKinds)
        {
            var has = within.Aggregate(Operations.None, (sum, held) => sum | held.Role.On(type));
            var more = IsIn(type, kind) ? role.On(type).Without(has) : Operations.None;
            if (more != Operations.None)
            {
                return more == Operations.All.Without(has)
                    ? $"{role.Name} gives everything on {Operations.Name(type)}"
                    : $"{role.Name} gives {string.Join(", ", Enum.GetValues<AclOperation>().Where(more.Contains).Select(Operations.Name))} on {Operations.Name(type)}";
            }
        }

        return null;
    }

    /// <summary>There are such resources in a scope of this kind.</summary>
    private static bool IsIn(AclResourceType type, ScopeKind kind) => kind switch
    {
        ScopeKind.Topic => type == AclResourceType.Topic,
        ScopeKind.Group => type == AclResourceType.Group,
        ScopeKind.TransactionalId => type == AclResourceType.TransactionalId,
        _ => true,
    };
}
