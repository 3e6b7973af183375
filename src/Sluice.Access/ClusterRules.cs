using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sluice.Access.Acls;
using Sluice.Access.Crn;
using Sluice.Access.Roles;
using Sluice.State;

namespace Sluice.Access;

/// <summary>
/// Who may do what on one cluster, at one moment. A decision is the union of role bindings and ACLs over the caller's principals: an ACL that denies comes first, then
/// anything that allows, and otherwise it is denied.
/// </summary>
/// <remarks>Immutable: as long as it is the same object, its answers are the same.</remarks>
public sealed class ClusterRules
{
    private readonly GatewayState _state;
    private readonly KafkaScope _scope;
    private readonly AclTable _acls;
    private readonly ConcurrentDictionary<string, PrincipalRoles> _roles = new(StringComparer.Ordinal);

    /// <summary>Allow nothing.</summary>
    public static ClusterRules Nothing { get; } = new(GatewayState.Empty, new KafkaScope("", "", "", ""), new AclTable([]));

    internal ClusterRules(GatewayState state, KafkaScope scope, AclTable acls) => (_state, _scope, _acls) = (state, scope, acls);

    /// <summary>HOT.</summary>
    public Decision Decide(AccessCaller caller, in AccessNeed need)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var acl = _acls.Find(caller, need);
        if (acl?.Permission == Kafka.Acls.AclPermission.Deny)
        {
            return new Decision(false, null, acl);
        }

        // By index: an enumerator of an interface is an object.
        for (var i = 0; i < caller.Principals.Count; i++)
        {
            if (RolesOf(caller.Principals[i]).Find(need) is { } binding)
            {
                return new Decision(true, binding, null);
            }
        }

        return new Decision(acl is not null, null, acl);
    }

    /// <summary>HOT. Whether <see cref="Decide"/> allows it.</summary>
    public bool Allows(AccessCaller caller, in AccessNeed need) => Decide(caller, need).IsAllowed;

    /// <summary>The decision may be another for a caller at another address.</summary>
    public bool DependsOnAddress(AccessCaller caller, in AccessNeed need)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _acls.DependsOnAddress(caller, need);
    }

    /// <summary>The caller has some right on this cluster: it may know that there is such a cluster.</summary>
    public bool AllowsSomething(AccessCaller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Principals.Any(principal => !RolesOf(principal).IsEmpty || _acls.AllowsSomething(principal));
    }

    // Only principals with bindings are remembered: as many as an administrator made.
    private PrincipalRoles RolesOf(string principal) =>
        _roles.TryGetValue(principal, out var roles) ? roles
        : _state.Indexes.RoleBindingIdsByPrincipal.TryGetValue(principal, out var ids) ? _roles.GetOrAdd(principal, Compile(ids))
        : PrincipalRoles.None;

    private PrincipalRoles Compile(ImmutableHashSet<string> ids) => new(ids.Order(StringComparer.Ordinal).Select(id => _state.RoleBindings[id]), _scope);
}
