using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.Users;

// Users: the people who administer
//   GET    /iam/v2/users       page_size, page_token
//   GET    /iam/v2/users/{id}
//   PATCH  /iam/v2/users/{id}  full_name
//   DELETE /iam/v2/users/{id}  204; keys and role bindings go with the user
// Differs from the spec: there are no invitations. Users are declared in configuration, which also makes them read-only here.

internal static class UsersEndpoints
{
    public const string Path = "/iam/v2/users";
    private const string What = "user";

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.AnAccountReader);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnAccountReader);
        app.MapPatch(Path + "/{id}", UpdateAsync);
        app.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static IResult List(ControlRequest request) => Paging.List(
        request, Path, [], request.State.Users.Values, "iam/v2", "UserList", u => UserBody.From(u, request), ControlJson.Wire.ListBodyUserBody);

    private static IResult Get(ControlRequest request, string id) =>
        request.State.Users.TryGetValue(id, out var user) ? Answer(request, user) : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> UpdateAsync(ControlRequest request, string id)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var name = fields.Optional("full_name", Limits.FullName);
        fields.Ignore("auth_type");
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.Users.TryGetValue(id, out var user))
            {
                return Decisions.Refuse<User>(ControlErrors.NotFound(What, id));
            }

            var wanted = user with { FullName = name ?? user.FullName };
            return request.MayNotChange(state, user, What) is { } no ? Decisions.Refuse<User>(no)
                : wanted == user ? Decisions.Keep(user) : Decisions.Put(wanted);
        });
        return outcome.TryGet(out var changed, out var errors) ? Answer(request, changed) : ControlAnswers.Errors(errors);
    }

    private static async Task<IResult> DeleteAsync(ControlRequest request, string id)
    {
        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.Users.TryGetValue(id, out var user))
            {
                return Decisions.Refuse<User>(ControlErrors.NotFound(What, id));
            }

            return request.MayNotChange(state, user, What) is { } no
                ? Decisions.Refuse<User>(no)
                : Decisions.Delete(user, [.. state.KeysOf(id), .. state.BindingsOf(user.Principal)]);
        });
        return outcome.TryGet(out _, out var errors) ? TypedResults.NoContent() : ControlAnswers.Errors(errors);
    }

    private static IResult Answer(ControlRequest request, User user)
    {
        request.Mark(user);
        return ControlAnswers.Ok(UserBody.From(user, request), ControlJson.Wire.UserBody);
    }
}
