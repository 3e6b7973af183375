using Sluice.Access.Roles;
using Sluice.State;

namespace Sluice.Hosting;

/// <summary>An administrator that configuration declares: the way in before there is any other.</summary>
internal static class DeclaredAdministrator
{
    /// <param name="apiKey">User name.</param>
    /// <param name="secretHash">See <see cref="ApiKeySecret"/>.</param>
    /// <param name="userId">Who acts, such as <c>u-admin</c>.</param>
    /// <param name="organization">The organization's resource name (<c>crn://…/organization=…</c>): what the key administers.</param>
    public static IReadOnlyList<IStateResource> With(string apiKey, string secretHash, string userId, string organization) =>
    [
        new User(userId, "administrator@sluice.example", "Administrator"),
        new RoleBinding($"rb-{userId[2..]}", $"User:{userId}", RoleTable.OrganizationAdmin, organization),
        new ApiKey(apiKey, secretHash, userId, ResourceId: null),
    ];
}
