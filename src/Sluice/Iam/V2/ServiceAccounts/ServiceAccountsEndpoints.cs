using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.ServiceAccounts;

// Service accounts
//   GET    /iam/v2/service-accounts       display_name (exact; may repeat), page_size, page_token
//   POST   /iam/v2/service-accounts       201; 402 over quota, 409 the name is taken, 422 invalid
//   GET    /iam/v2/service-accounts/{id}
//   PATCH  /iam/v2/service-accounts/{id}  only what is sent changes
//   DELETE /iam/v2/service-accounts/{id}  204; its API keys and role bindings go with it

internal static class ServiceAccountsEndpoints
{
    public const string Path = "/iam/v2/service-accounts";
    private const string What = "service account";

    public static void MapServiceAccounts(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.AnAccountReader);
        app.MapPost(Path, CreateAsync);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnAccountReader);
        app.MapPatch(Path + "/{id}", UpdateAsync);
        app.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static IResult List(ControlRequest request)
    {
        var names = request.Context.Request.Query["display_name"].Where(n => !string.IsNullOrEmpty(n)).ToHashSet(StringComparer.Ordinal);
        var accounts = request.State.ServiceAccounts.Values.Where(a => names.Count == 0 || names.Contains(a.DisplayName));
        return Paging.List(
            request, Path, ["display_name"], accounts, "iam/v2", "ServiceAccountList", a => ServiceAccountBody.From(a, request), ControlJson.Wire.ListBodyServiceAccountBody);
    }

    private static async Task<IResult> CreateAsync(ControlRequest request)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var wanted = new ServiceAccount("", fields.Required("display_name", Limits.Name), fields.Optional("description", Limits.Description) ?? "");
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
            Taken(state, wanted, request) is { } taken ? Decisions.Refuse<ServiceAccount>(taken)
            : state.ServiceAccounts.Count >= request.Quotas.ServiceAccounts
                ? Decisions.Refuse<ServiceAccount>(
                    ControlErrors.Quota("service accounts", request.Quotas.ServiceAccounts, "Sluice:ControlPlane:Quotas:ServiceAccounts"))
            : Decisions.Put(wanted with { Id = state.NewId(ResourceKind.ServiceAccount, "sa") }));
        return Answer(request, outcome, created: true);
    }

    private static IResult Get(ControlRequest request, string id) =>
        request.State.ServiceAccounts.TryGetValue(id, out var account)
            ? Answer(request, account, created: false)
            : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> UpdateAsync(ControlRequest request, string id)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var name = fields.OptionalNotEmpty("display_name", Limits.Name);
        var description = fields.Optional("description", Limits.Description);
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.ServiceAccounts.TryGetValue(id, out var account))
            {
                return Decisions.Refuse<ServiceAccount>(ControlErrors.NotFound(What, id));
            }

            var wanted = account with { DisplayName = name ?? account.DisplayName, Description = description ?? account.Description };
            return request.MayNotChange(state, account, What) is { } no ? Decisions.Refuse<ServiceAccount>(no)
                : Taken(state, wanted, request) is { } taken ? Decisions.Refuse<ServiceAccount>(taken)
                : wanted == account ? Decisions.Keep(account) : Decisions.Put(wanted);
        });
        return Answer(request, outcome, created: false);
    }

    private static async Task<IResult> DeleteAsync(ControlRequest request, string id)
    {
        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.ServiceAccounts.TryGetValue(id, out var account))
            {
                return Decisions.Refuse<ServiceAccount>(ControlErrors.NotFound(What, id));
            }

            return request.MayNotChange(state, account, What) is { } no
                ? Decisions.Refuse<ServiceAccount>(no)
                : Decisions.Delete(account, [.. state.KeysOf(id), .. state.BindingsOf(account.Principal)]);
        });
        return outcome.TryGet(out _, out var errors) ? TypedResults.NoContent() : ControlAnswers.Errors(errors);
    }

    private static IResult Answer(ControlRequest request, Outcome<ServiceAccount> outcome, bool created)
    {
        if (!outcome.TryGet(out var account, out var errors))
        {
            return ControlAnswers.Errors(errors);
        }

        request.Mark(account);
        var body = ServiceAccountBody.From(account, request);
        return created
            ? ControlAnswers.Created(body, ControlJson.Wire.ServiceAccountBody, body.Metadata.Self)
            : ControlAnswers.Ok(body, ControlJson.Wire.ServiceAccountBody);
    }

    private static ControlError? Taken(GatewayState state, ServiceAccount wanted, ControlRequest request) =>
        state.Indexes.ServiceAccountIdsByName.TryGetValue(wanted.DisplayName, out var other) && other != wanted.Id
            ? ControlErrors.AlreadyExists($"The service account '{other}' has this display name already.", request.Links.Url($"{Path}/{other}"))
            : null;
}
