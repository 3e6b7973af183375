using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Hosting;

/// <summary>An administrator that configuration declares: the way in before there is any other.</summary>
internal static class DeclaredAdministrator
{
    /// <param name="apiKey">User name.</param>
    /// <param name="secretHash">See <see cref="ApiKeySecret"/>.</param>
    /// <param name="userId">Who acts, such as <c>u-admin</c>.</param>
    /// <param name="crnAuthority">See <see cref="ControlOptions.CrnAuthority"/>.</param>
    public static IReadOnlyList<IStateResource> With(string apiKey, string secretHash, string userId, string crnAuthority) =>
    [
        new User(userId, "administrator@sluice.example", "Administrator"),
        new RoleBinding($"rb-{userId[2..]}", $"User:{userId}", Administrators.Role, $"crn://{crnAuthority}/organization={Organization.Default.Id}"),
        new ApiKey(apiKey, secretHash, userId, ResourceId: null),
    ];
}
