using System.Text.RegularExpressions;
using Sluice.Access.Crn;
using Sluice.Access.Roles;
using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.RoleBindings;

// Role bindings: records; they are made and deleted, never changed. A caller sees those in its scope and makes and deletes those that give no more than it has
//   GET    /iam/v2/role-bindings       crn_pattern (required; exact, or everything below it with a * at its end), principal, role_name
//   POST   /iam/v2/role-bindings       201; 400 invalid (this API has no 422), 403 more than the caller has, 409 when it exists
//   GET    /iam/v2/role-bindings/{id}  404 for those out of scope, as for those that are not there
//   DELETE /iam/v2/role-bindings/{id}  200 with what was deleted; 403, 404 likewise

internal static partial class RoleBindingsEndpoints
{
    public const string Path = "/iam/v2/role-bindings";
    private const string What = "role binding";

    public static void MapRoleBindings(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.AnAccessReader);
        app.MapPost(Path, CreateAsync).WithMetadata(NeedsCaller.AnAccessAdministrator);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnAccessReader);
        app.MapDelete(Path + "/{id}", DeleteAsync).WithMetadata(NeedsCaller.AnAccessAdministrator);
    }

    private static IResult List(ControlRequest request)
    {
        var query = request.Context.Request.Query;
        var pattern = query["crn_pattern"].ToString();
        if (pattern.Length == 0)
        {
            return ControlAnswers.Error(ControlErrors.InvalidFilter("crn_pattern", "crn_pattern is required: the scope to list, such as crn://…/organization=…/*."));
        }

        var (principal, role) = (query["principal"].ToString(), query["role_name"].ToString());
        var access = request.AccessIn(request.State);
        var bindings = request.State.RoleBindings.Values.Where(b =>
            (principal.Length == 0 || b.Principal == principal) && (role.Length == 0 || b.RoleName == role) && Covers(pattern, b.CrnPattern) && access.Sees(b));
        return Paging.List(
            request, Path, ["crn_pattern", "principal", "role_name"], bindings, "iam/v2", "RoleBindingList", b => RoleBindingBody.From(b, request), ControlJson.Wire.ListBodyRoleBindingBody);
    }

    private static async Task<IResult> CreateAsync(ControlRequest request)
    {
        if (!(await request.ReadAsync(400)).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var wanted = new RoleBinding(
            "", fields.Required("principal", Limits.Claim), fields.Required("role_name", Limits.Name), fields.Required("crn_pattern", Limits.Crn));
        AddProblems(fields, wanted, request.Options.CrnAuthority);
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        if (UnknownRole(wanted.RoleName) is { } unknown)
        {
            return ControlAnswers.Error(new ControlError(400, "invalid-role", "Invalid Role", unknown)
            {
                Pointer = "/role_name",
            });
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (request.AccessIn(state).MayNotAlter(wanted) is { } no)
            {
                return Decisions.Refuse<RoleBinding>(no);
            }

            var same = state.Indexes.RoleBindingIdsByPrincipal.TryGetValue(wanted.Principal, out var ids)
                ? ids.FirstOrDefault(id => state.RoleBindings[id] is var b && b.RoleName == wanted.RoleName && b.CrnPattern == wanted.CrnPattern)
                : null;
            return same is not null
                ? Decisions.Refuse<RoleBinding>(ControlErrors.AlreadyExists($"The role binding '{same}' says the same.", request.Links.Url($"{Path}/{same}")))
                : state.RoleBindings.Count >= request.Quotas.RoleBindings
                    ? Decisions.Refuse<RoleBinding>(
                        ControlErrors.Quota("role bindings", request.Quotas.RoleBindings, "Sluice:ControlPlane:Quotas:RoleBindings"))
                    : Decisions.Put(wanted with { Id = state.NewId(ResourceKind.RoleBinding, "rb") });
        });
        if (!outcome.TryGet(out var binding, out var errors))
        {
            return ControlAnswers.Errors(errors);
        }

        var body = RoleBindingBody.From(binding, request);
        return ControlAnswers.Created(body, ControlJson.Wire.RoleBindingBody, body.Metadata.Self);
    }

    private static IResult Get(ControlRequest request, string id) =>
        request.State.RoleBindings.TryGetValue(id, out var binding) && request.AccessIn(request.State).Sees(binding)
            ? ControlAnswers.Ok(RoleBindingBody.From(binding, request), ControlJson.Wire.RoleBindingBody)
            : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> DeleteAsync(ControlRequest request, string id)
    {
        var outcome = await request.UpdateAsync(state =>
        {
            var access = request.AccessIn(state);
            return !state.RoleBindings.TryGetValue(id, out var binding) || !access.Sees(binding) ? Decisions.Refuse<RoleBinding>(ControlErrors.NotFound(What, id))
                : (access.MayNotAlter(binding) ?? request.MayNotChange(state, binding, What)) is { } no ? Decisions.Refuse<RoleBinding>(no)
                : Decisions.Delete(binding);
        });
        return outcome.TryGet(out var deleted, out var errors)
            ? ControlAnswers.Ok(RoleBindingBody.From(deleted, request), ControlJson.Wire.RoleBindingBody)
            : ControlAnswers.Errors(errors);
    }

    /// <summary>Adds what is wrong with principal and scope.</summary>
    /// <param name="fields">Of the binding.</param>
    /// <param name="wanted">The binding.</param>
    /// <param name="authority">What resource names begin with here.</param>
    public static void AddProblems(ControlFields fields, RoleBinding wanted, string authority)
    {
        if (wanted.Principal.Length > 0 && !Principal().IsMatch(wanted.Principal))
        {
            fields.Problem("principal", "principal must be User:<id> or Group:<id>.");
        }

        if (wanted.CrnPattern.Length == 0)
        {
            return;
        }

        if (CrnPattern.TryParse(wanted.CrnPattern, out var scope, out var problem))
        {
            problem = scope.Authority == authority
                ? RoleTable.CannotBeBound(wanted.RoleName, scope)
                : $"crn_pattern must begin with crn://{authority}/, as all resource names of this gateway do.";
        }

        if (problem is not null)
        {
            fields.Problem("crn_pattern", problem);
        }
    }

    /// <summary>Null when there is such a role; otherwise a sentence with those that there are.</summary>
    public static string? UnknownRole(string name) =>
        RoleTable.Names.Contains(name, StringComparer.Ordinal) ? null : $"There is no such role. Roles are {string.Join(", ", RoleTable.Names)}.";

    private static bool Covers(string pattern, string crn) =>
        pattern.EndsWith('*') ? crn.StartsWith(pattern[..^1].TrimEnd('/'), StringComparison.Ordinal) : crn == pattern;

    [GeneratedRegex("^(User|Group):.+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Principal();
}
