using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.Users;

internal sealed record UserBody(string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string? Email, string FullName, string AuthType)
{
    public static UserBody From(User user, ControlRequest request) => new(
        "iam/v2",
        "User",
        user.Id,
        ObjectMeta.Of(
            request.Links.Url($"{UsersEndpoints.Path}/{user.Id}"), request.Links.Crn(request.State, $"/user={user.Id}"), user.Metadata),
        user.Email.Length > 0 ? user.Email : null,
        user.FullName,
        "AUTH_TYPE_LOCAL");
}
