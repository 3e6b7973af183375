using Sluice.Access.Roles;
using Sluice.State;

namespace Sluice.ControlPlane;

/// <summary>Who may use the control plane.</summary>
internal static class Administrators
{
    /// <summary>True when one of the principals has the role at the organization.</summary>
    public static bool Includes(GatewayState state, ControlOptions options, IEnumerable<string> principals)
    {
        var organization = $"crn://{options.CrnAuthority}/organization={state.Organization.Id}";
        return principals.Any(p =>
            state.Indexes.RoleBindingIdsByPrincipal.TryGetValue(p, out var ids) && ids.Any(id => IsAdministration(state.RoleBindings[id])));

        bool IsAdministration(RoleBinding binding) => binding.RoleName == RoleTable.OrganizationAdmin && binding.CrnPattern == organization;
    }
}
