using Microsoft.Extensions.Options;
using Sluice.ControlPlane;
using Sluice.Iam.V2.IdentityProviders;
using Sluice.Identity;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityPools;

// Identity pools
//   GET    /iam/v2/identity-providers/{provider_id}/identity-pools       page_size, page_token
//   POST   /iam/v2/identity-providers/{provider_id}/identity-pools       201; 402 over quota, 422 invalid
//   GET    /iam/v2/identity-providers/{provider_id}/identity-pools/{id}
//   PATCH  /iam/v2/identity-providers/{provider_id}/identity-pools/{id}  only what is sent changes
//   DELETE /iam/v2/identity-providers/{provider_id}/identity-pools/{id}  204; its role bindings go with it, and its ACLs where the gateway decides by them

internal static class IdentityPoolsEndpoints
{
    private const string Route = IdentityProvidersEndpoints.Path + "/{provider_id}/identity-pools";
    private const string What = "identity pool";

    public static string Of(string providerId) => $"{IdentityProvidersEndpoints.Path}/{providerId}/identity-pools";

    public static void MapIdentityPools(this IEndpointRouteBuilder app)
    {
        var pools = app.MapGroup("").WithMetadata(NeedsCaller.AnIdentityAdministrator);
        pools.MapGet(Route, List);
        pools.MapPost(Route, CreateAsync);
        pools.MapGet(Route + "/{id}", Get);
        pools.MapPatch(Route + "/{id}", UpdateAsync);
        pools.MapDelete(Route + "/{id}", DeleteAsync);
    }

    private static IResult List(ControlRequest request, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "provider_id")] string providerId)
    {
        var state = request.State;
        if (!state.IdentityProviders.ContainsKey(providerId))
        {
            return ControlAnswers.Error(ControlErrors.NotFound("identity provider", providerId));
        }

        var pools = state.Indexes.PoolIdsByProvider.TryGetValue(providerId, out var ids) ? ids.Select(id => state.IdentityPools[id]) : [];
        return Paging.List(
            request, Of(providerId), [], pools, "iam/v2", "IdentityPoolList", p => IdentityPoolBody.From(p, request), ControlJson.Wire.ListBodyIdentityPoolBody);
    }

    private static async Task<IResult> CreateAsync(
        ControlRequest request, IOptions<IdentityOptions> identity, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "provider_id")] string providerId)
    {
        if (!request.State.IdentityProviders.TryGetValue(providerId, out var provider))
        {
            return ControlAnswers.Error(ControlErrors.NotFound("identity provider", providerId));
        }

        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var wanted = new IdentityPool(
            "",
            providerId,
            fields.Required("display_name", Limits.Name),
            fields.Present("description", Limits.Description),
            fields.Required("identity_claim", Limits.Claim),
            fields.Required("filter", Limits.Filter));
        if (Problems(request, fields, wanted.IdentityClaim, wanted.Filter, provider, identity.Value) is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        // The CLI sends the parameter empty.
        var owner = request.Context.Request.Query["assigned_resource_owner"].ToString();
        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.IdentityProviders.ContainsKey(providerId))
            {
                return Decisions.Refuse<IdentityPool>(ControlErrors.NotFound("identity provider", providerId));
            }

            var quota = request.Quotas.IdentityPoolsPerProvider;
            if (state.Indexes.PoolIdsByProvider.TryGetValue(providerId, out var pools) && pools.Count >= quota)
            {
                return Decisions.Refuse<IdentityPool>(
                    ControlErrors.Quota("identity pools of a provider", quota, "Sluice:ControlPlane:Quotas:IdentityPoolsPerProvider"));
            }

            var id = state.NewId(ResourceKind.IdentityPool, "pool");
            Change[] ownership = owner.Length == 0
                ? []
                : [Change.Put(new RoleBinding(
                    state.NewId(ResourceKind.RoleBinding, "rb"),
                    $"User:{owner}",
                    "ResourceOwner",
                    request.Links.Crn(state, $"/identity-provider={providerId}/identity-pool={id}")))];
            return Decisions.Put(wanted with { Id = id }, ownership);
        });
        return Answer(request, outcome, created: true);
    }

    private static IResult Get(ControlRequest request, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "provider_id")] string providerId, string id) =>
        Find(request.State, providerId, id) is { } pool
            ? Answer(request, pool, created: false)
            : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> UpdateAsync(
        ControlRequest request, IOptions<IdentityOptions> identity, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "provider_id")] string providerId, string id)
    {
        if (Find(request.State, providerId, id) is not { } seen || !request.State.IdentityProviders.TryGetValue(providerId, out var provider))
        {
            return ControlAnswers.Error(ControlErrors.NotFound(What, id));
        }

        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var name = fields.OptionalNotEmpty("display_name", Limits.Name);
        var description = fields.Optional("description", Limits.Description);
        var claim = fields.OptionalNotEmpty("identity_claim", Limits.Claim);
        var filter = fields.OptionalNotEmpty("filter", Limits.Filter);
        if (Problems(request, fields, claim, filter == seen.Filter ? null : filter, provider, identity.Value) is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (Find(state, providerId, id) is not { } pool)
            {
                return Decisions.Refuse<IdentityPool>(ControlErrors.NotFound(What, id));
            }

            var wanted = pool with
            {
                DisplayName = name ?? pool.DisplayName,
                Description = description ?? pool.Description,
                IdentityClaim = claim ?? pool.IdentityClaim,
                Filter = filter ?? pool.Filter,
            };
            return request.MayNotChange(state, pool, What) is { } no ? Decisions.Refuse<IdentityPool>(no)
                : wanted == pool ? Decisions.Keep(pool) : Decisions.Put(wanted);
        });
        return Answer(request, outcome, created: false);
    }

    private static async Task<IResult> DeleteAsync(
        ControlRequest request, PoolAcls acls, [Microsoft.AspNetCore.Mvc.FromRoute(Name = "provider_id")] string providerId, string id)
    {
        var outcome = await request.UpdateAsync(state =>
            Find(state, providerId, id) is not { } pool ? Decisions.Refuse<IdentityPool>(ControlErrors.NotFound(What, id))
            : request.MayNotChange(state, pool, What) is { } no ? Decisions.Refuse<IdentityPool>(no)
            : Decisions.Delete(pool, state.BindingsOf(pool.Principal)));
        if (!outcome.TryGet(out var deleted, out var errors))
        {
            return ControlAnswers.Errors(errors);
        }

        await acls.DeleteAsync(deleted, request.Author);
        return TypedResults.NoContent();
    }

    private static IReadOnlyList<ControlError> Problems(
        ControlRequest request, ControlFields fields, string? claim, string? filter, IdentityProvider provider, IdentityOptions identity)
    {
        fields.Ignore("state", "principal");
        var warnings = PoolCheck.AddProblems(fields, claim, filter, provider, identity);
        var problems = fields.Finish();
        if (problems.Count == 0)
        {
            foreach (var warning in warnings)
            {
                Warnings.Add(request.Context, warning);
            }
        }

        return problems;
    }

    private static IdentityPool? Find(GatewayState state, string providerId, string id) =>
        state.IdentityPools.TryGetValue(id, out var pool) && pool.ProviderId == providerId ? pool : null;

    private static IResult Answer(ControlRequest request, Outcome<IdentityPool> outcome, bool created)
    {
        if (!outcome.TryGet(out var pool, out var errors))
        {
            return ControlAnswers.Errors(errors);
        }

        request.Mark(pool);
        var body = IdentityPoolBody.From(pool, request);
        return created
            ? ControlAnswers.Created(body, ControlJson.Wire.IdentityPoolBody, body.Metadata.Self)
            : ControlAnswers.Ok(body, ControlJson.Wire.IdentityPoolBody);
    }
}
