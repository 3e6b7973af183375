using System.Text.RegularExpressions;
using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Org.V2;

// Organizations: the one that everything belongs to
//   GET   /org/v2/organizations       page_size, page_token
//   GET   /org/v2/organizations/{id}
//   PATCH /org/v2/organizations/{id}  display_name

internal static partial class OrganizationsEndpoints
{
    public const string Path = "/org/v2/organizations";
    private const string What = "organization";

    public static void MapOrganizations(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.AnyAdministrator);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnyAdministrator);
        app.MapPatch(Path + "/{id}", UpdateAsync);
    }

    /// <summary>What a name may be: 1 to 31 characters, without those that the Cloud refuses.</summary>
    [GeneratedRegex("""^[^<>#%'*^`{|}~"]{1,31}$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    public static partial Regex Name();

    private static IResult List(ControlRequest request) => Paging.List(
        request,
        Path,
        [],
        [request.State.Organization],
        "org/v2",
        "OrganizationList",
        o => OrganizationBody.From(o, request),
        ControlJson.Wire.ListBodyOrganizationBody);

    private static IResult Get(ControlRequest request, string id) =>
        id == request.State.Organization.Id ? Answer(request, request.State.Organization) : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> UpdateAsync(ControlRequest request, string id)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var name = fields.OptionalNotEmpty("display_name", Iam.V2.Limits.Name);
        fields.Ignore("jit_enabled");
        if (name is { Length: > 0 } && !Name().IsMatch(name))
        {
            fields.Problem("display_name", "display_name must have 1 to 31 characters, none of <>#%'*^`{|}~\".");
        }

        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            var organization = state.Organization;
            if (id != organization.Id)
            {
                return Decisions.Refuse<Organization>(ControlErrors.NotFound(What, id));
            }

            var wanted = organization with { DisplayName = name ?? organization.DisplayName };
            return request.MayNotChange(state, organization, What) is { } no ? Decisions.Refuse<Organization>(no)
                : wanted == organization ? Decisions.Keep(organization) : Decisions.Put(wanted);
        });
        return outcome.TryGet(out var changed, out var errors) ? Answer(request, changed) : ControlAnswers.Errors(errors);
    }

    private static IResult Answer(ControlRequest request, Organization organization)
    {
        request.Mark(organization);
        return ControlAnswers.Ok(OrganizationBody.From(organization, request), ControlJson.Wire.OrganizationBody);
    }
}

internal sealed record OrganizationBody(string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string DisplayName, bool JitEnabled)
{
    public static OrganizationBody From(Organization organization, ControlRequest request) => new(
        "org/v2",
        "Organization",
        organization.Id,
        ObjectMeta.Of(
            request.Links.Url($"{OrganizationsEndpoints.Path}/{organization.Id}"), request.Links.Crn(request.State), organization.Metadata),
        organization.DisplayName,
        JitEnabled: false);
}
