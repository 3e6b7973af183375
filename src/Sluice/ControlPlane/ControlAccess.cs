using Sluice.Access.Crn;
using Sluice.Access.Roles;
using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>
/// What a caller may do in the control plane, by the role bindings of one state. Whoever changes something makes it of the state that is changed, so that no right
/// outlives its binding.
/// </summary>
internal sealed class ControlAccess
{
    private readonly GatewayState _state;
    private readonly string _principal;
    private readonly CrnPattern _organization;
    private readonly Delegation _delegation;

    private ControlAccess(GatewayState state, string principal, CrnPattern organization, Delegation delegation) =>
        (_state, _principal, _organization, _delegation) = (state, principal, organization, delegation);

    /// <summary>The caller administers the organization and everything in it.</summary>
    public bool AdministersAll => _delegation.AdministersAll;

    /// <param name="state">Has the role bindings.</param>
    /// <param name="options">Say what resource names begin with.</param>
    /// <param name="principals">The caller's; what any of them may, the caller may.</param>
    public static ControlAccess Of(GatewayState state, ControlOptions options, IReadOnlyList<string> principals)
    {
        if (!CrnPattern.TryParse($"crn://{options.CrnAuthority}/organization={state.Organization.Id}", out var organization, out var problem))
        {
            throw new InvalidOperationException(problem);
        }

        return new ControlAccess(
            state, principals is [var first, ..] ? first : "", organization, new Delegation(principals.SelectMany(state.AllBindingsOf), organization));
    }

    /// <summary>Why the caller may not use a route; null: it may.</summary>
    /// <param name="needs">Who may.</param>
    /// <param name="isRead">It changes nothing.</param>
    public ControlError? Refusal(NeedsCaller needs, bool isRead) =>
        needs.Roles.Count == 0 || _delegation.HasAny(needs.Roles) ? null
        : ControlErrors.NotAnAdministrator(_principal, needs.At($"{_organization}"), isRead);

    /// <summary>The caller may know of the binding: everything it holds for is in a scope of the caller's.</summary>
    public bool Sees(RoleBinding binding) =>
        AdministersAll || (CrnPattern.TryParse(binding.CrnPattern, out var scope, out _) && _delegation.MayDescribe(scope));

    /// <summary>The caller may know of the environment: it, something in it or something around it is in a scope of the caller's, whatever the role.</summary>
    public bool Sees(DeploymentEnvironment environment) => ReachesInto($"{_organization}/environment={environment.Id}", onlyAdministration: false);

    /// <summary>The caller may know of the cluster (<c>crn://…/kafka=lkc-1</c>): it administers or operates it, something in it or something around it.</summary>
    public bool SeesCluster(string crn) => ReachesInto(crn, onlyAdministration: true);

    /// <summary>Why the caller may not make such a role binding, nor delete it; null: it may.</summary>
    public ControlError? MayNotAlter(RoleBinding binding)
    {
        if (AdministersAll)
        {
            return null;
        }

        string? excess = null;
        IEnumerable<string> others = [];
        if (CrnPattern.TryParse(binding.CrnPattern, out var scope, out _))
        {
            if (_delegation.MayAlter(binding.RoleName, scope, out excess))
            {
                return null;
            }

            others = Delegation.WhoMayAlter(binding.RoleName, scope, _organization);
        }

        string[] who = [$"OrganizationAdmin at {_organization}", .. others];
        return ControlErrors.MayNotAlter(_principal, binding, string.Join(", or ", who), excess);
    }

    /// <summary>
    /// Why the caller may not change an identity provider or pool: whoever decides who is in a pool decides who has its roles, and nobody makes itself
    /// OrganizationAdmin in this way. Null: it may.
    /// </summary>
    public ControlError? MayNotChange(IStateResource resource)
    {
        if (AdministersAll)
        {
            return null;
        }

        IEnumerable<string> pools = resource switch
        {
            IdentityPool pool => [pool.Id],
            IdentityProvider provider when _state.Indexes.PoolIdsByProvider.TryGetValue(provider.Id, out var ids) => ids,
            _ => [],
        };
        return pools.FirstOrDefault(id => new Delegation(_state.AllBindingsOf(_state.IdentityPools[id].Principal), _organization).AdministersAll) is { } mighty
            ? ControlErrors.NotAnAdministrator(_principal, $"OrganizationAdmin at {_organization}, since the pool {mighty} has that role", isRead: false)
            : null;
    }

    private bool ReachesInto(string crn, bool onlyAdministration) =>
        AdministersAll || (CrnPattern.TryParse(crn, out var place, out _) && _delegation.ReachesInto(place, onlyAdministration));
}
