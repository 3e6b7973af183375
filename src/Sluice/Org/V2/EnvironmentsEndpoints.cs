using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Org.V2;

// Environments
//   GET    /org/v2/environments       page_size, page_token; for any caller, who sees those that its roles are in
//   POST   /org/v2/environments       201; 402 over quota, 422 invalid
//   GET    /org/v2/environments/{id}  for whoever administers something in it
//   PATCH  /org/v2/environments/{id}  only what is sent changes
//   DELETE /org/v2/environments/{id}  204

internal static class EnvironmentsEndpoints
{
    public const string Path = "/org/v2/environments";
    private const string What = "environment";
    public const int MaxName = 255;

    public static void MapEnvironments(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.Anybody);
        app.MapPost(Path, CreateAsync);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnAccessReader);
        app.MapPatch(Path + "/{id}", UpdateAsync);
        app.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static IResult List(ControlRequest request) => Paging.List(
        request, Path, [], Visible(request), "org/v2", "EnvironmentList", e => EnvironmentBody.From(e, request), ControlJson.Wire.ListBodyEnvironmentBody);

    // Terraform tries a new Cloud key by this list, for up to 20 minutes: 200 means that the key is good, whatever its owner may see.
    private static IEnumerable<DeploymentEnvironment> Visible(ControlRequest request)
    {
        var access = request.AccessIn(request.State);
        return request.State.Environments.Values.Where(access.Sees);
    }

    private static async Task<IResult> CreateAsync(ControlRequest request)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var wanted = new DeploymentEnvironment("", fields.Required("display_name", MaxName), Package(fields));
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state => state.Environments.Count >= request.Quotas.Environments
            ? Decisions.Refuse<DeploymentEnvironment>(
                ControlErrors.Quota("environments", request.Quotas.Environments, "Sluice:ControlPlane:Quotas:Environments"))
            : Decisions.Put(wanted with { Id = state.NewId(ResourceKind.Environment, "env") }));
        if (!outcome.TryGet(out var environment, out var errors))
        {
            return ControlAnswers.Errors(errors);
        }

        var body = EnvironmentBody.From(environment, request);
        return ControlAnswers.Created(body, ControlJson.Wire.EnvironmentBody, body.Metadata.Self);
    }

    private static IResult Get(ControlRequest request, string id) =>
        request.State.Environments.TryGetValue(id, out var environment) && request.AccessIn(request.State).Sees(environment)
            ? Answer(request, environment)
            : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> UpdateAsync(ControlRequest request, string id)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var name = fields.OptionalNotEmpty("display_name", MaxName);
        var package = Package(fields);
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.Environments.TryGetValue(id, out var environment))
            {
                return Decisions.Refuse<DeploymentEnvironment>(ControlErrors.NotFound(What, id));
            }

            var wanted = environment with
            {
                DisplayName = name ?? environment.DisplayName,
                StreamGovernancePackage = package ?? environment.StreamGovernancePackage,
            };
            return request.MayNotChange(state, environment, What) is { } no ? Decisions.Refuse<DeploymentEnvironment>(no)
                : wanted == environment ? Decisions.Keep(environment) : Decisions.Put(wanted);
        });
        return outcome.TryGet(out var changed, out var errors) ? Answer(request, changed) : ControlAnswers.Errors(errors);
    }

    private static async Task<IResult> DeleteAsync(ControlRequest request, string id)
    {
        var outcome = await request.UpdateAsync(state =>
            !state.Environments.TryGetValue(id, out var environment) ? Decisions.Refuse<DeploymentEnvironment>(ControlErrors.NotFound(What, id))
            : request.MayNotChange(state, environment, What) is { } no ? Decisions.Refuse<DeploymentEnvironment>(no)
            : Decisions.Delete(environment));
        return outcome.TryGet(out _, out var errors) ? TypedResults.NoContent() : ControlAnswers.Errors(errors);
    }

    private static IResult Answer(ControlRequest request, DeploymentEnvironment environment)
    {
        request.Mark(environment);
        return ControlAnswers.Ok(EnvironmentBody.From(environment, request), ControlJson.Wire.EnvironmentBody);
    }

    private static string? Package(ControlFields fields) =>
        fields.Object("stream_governance_config", c => c.Required("package", MaxName)) is { Length: > 0 } package ? package : null;
}
