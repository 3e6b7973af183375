using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Api;

/// <summary>The state in the words of the Confluent CLI's older API.</summary>
internal static class CliView
{
    public static CliUser User(GatewayState state, ApiKey key)
    {
        if (state.Users.TryGetValue(key.OwnerId, out var user))
        {
            return new CliUser(1, user.Email.Length > 0 ? user.Email : key.Id, user.FullName, "", user.Id, false);
        }

        var name = state.ServiceAccounts.TryGetValue(key.OwnerId, out var account) ? account.DisplayName : key.OwnerId;
        return new CliUser(1, key.Id, name, "", key.OwnerId, true);
    }

    public static CliOrganization Organization(GatewayState state) => new(1, state.Organization.DisplayName, state.Organization.Id);

    /// <summary>The environments that the caller may know of. That with the configured clusters comes first: a new login begins there.</summary>
    public static IReadOnlyList<CliAccount> Accounts(GatewayState state, ControlAccess access) =>
    [
        .. state.Environments.Values
            .Where(access.Sees)
            .OrderBy(e => e.Id == Cmk.V2.ClustersEndpoints.Environment ? 0 : 1)
            .ThenBy(e => e.Id, StringComparer.Ordinal)
            .Select(e => new CliAccount(e.Id, e.DisplayName, 1, state.Organization.Id)),
    ];
}
