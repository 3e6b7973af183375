using Sluice.ControlPlane;
using Sluice.Identity;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityProviders;

// Identity providers
//   GET    /iam/v2/identity-providers       page_size, page_token
//   POST   /iam/v2/identity-providers       201; 402 over quota, 409 the issuer has a provider, 422 invalid or no usable keys at jwks_uri
//   GET    /iam/v2/identity-providers/{id}
//   PATCH  /iam/v2/identity-providers/{id}  only what is sent changes
//   DELETE /iam/v2/identity-providers/{id}  204; 409 while it has pools
// Differs from the spec: DELETE can answer 409; TokenRules, an extension, are taken and shown where they were given.

internal static class IdentityProvidersEndpoints
{
    public const string Path = "/iam/v2/identity-providers";
    private const string What = "identity provider";

    public static void MapIdentityProviders(this IEndpointRouteBuilder app)
    {
        var providers = app.MapGroup("").WithMetadata(NeedsCaller.AnIdentityAdministrator);
        providers.MapGet(Path, List);
        providers.MapPost(Path, CreateAsync);
        providers.MapGet(Path + "/{id}", Get);
        providers.MapPatch(Path + "/{id}", UpdateAsync);
        providers.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static IResult List(ControlRequest request, IProviderKeys keys) => Paging.List(
        request,
        Path,
        [],
        request.State.IdentityProviders.Values,
        "iam/v2",
        "IdentityProviderList",
        p => IdentityProviderBody.From(p, keys, request),
        ControlJson.Wire.ListBodyIdentityProviderBody);

    private static async Task<IResult> CreateAsync(ControlRequest request, IProviderKeys keys, ProviderCheck check)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var wanted = TokenRules.Read(fields).ApplyTo(new IdentityProvider(
            "",
            fields.Required("display_name", Limits.Name),
            fields.Present("description", Limits.Description),
            fields.Required("issuer", Limits.Uri),
            fields.Required("jwks_uri", Limits.Uri))
        {
            IdentityClaim = ReadClaim(fields),
        });
        if (Problems(fields, wanted, check) is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        // What is refused anyway causes no fetch.
        if ((Hindrance(request.State) ?? await check.KeysAsync(wanted, request.Context)) is { } hindrance)
        {
            return ControlAnswers.Error(hindrance);
        }

        var outcome = await request.UpdateAsync(state => Hindrance(state) is { } no
            ? Decisions.Refuse<IdentityProvider>(no)
            : Decisions.Put(wanted with { Id = state.NewId(ResourceKind.IdentityProvider, "op") }));
        return Answer(request, keys, outcome, created: true);

        ControlError? Hindrance(GatewayState state) =>
            Taken(state, wanted, request)
            ?? (state.IdentityProviders.Count >= request.Quotas.IdentityProviders
                ? ControlErrors.Quota("identity providers", request.Quotas.IdentityProviders, "Sluice:ControlPlane:Quotas:IdentityProviders")
                : null);
    }

    private static IResult Get(ControlRequest request, IProviderKeys keys, string id)
    {
        if (!request.State.IdentityProviders.TryGetValue(id, out var provider))
        {
            return ControlAnswers.Error(ControlErrors.NotFound(What, id));
        }

        return Answer(request, keys, provider, created: false);
    }

    private static async Task<IResult> UpdateAsync(ControlRequest request, IProviderKeys keys, ProviderCheck check, string id)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var name = fields.OptionalNotEmpty("display_name", Limits.Name);
        var description = fields.Optional("description", Limits.Description);
        var issuer = fields.OptionalNotEmpty("issuer", Limits.Uri);
        var jwksUri = fields.OptionalNotEmpty("jwks_uri", Limits.Uri);
        var changesClaim = fields.Has("identity_claim");
        var claim = ReadClaim(fields);
        var rules = TokenRules.Read(fields);
        if (!request.State.IdentityProviders.TryGetValue(id, out var seen))
        {
            return ControlAnswers.Error(ControlErrors.NotFound(What, id));
        }

        var merged = Merge(seen);
        if (Problems(fields, merged, check) is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        if ((request.MayNotChange(request.State, seen, What) ?? Taken(request.State, merged, request)) is { } hindrance)
        {
            return ControlAnswers.Error(hindrance);
        }

        if (merged.JwksUri != seen.JwksUri && await check.KeysAsync(merged, request.Context) is { } noKeys)
        {
            return ControlAnswers.Error(noKeys);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.IdentityProviders.TryGetValue(id, out var provider))
            {
                return Decisions.Refuse<IdentityProvider>(ControlErrors.NotFound(What, id));
            }

            var wanted = Merge(provider);
            return request.MayNotChange(state, provider, What) is { } no ? Decisions.Refuse<IdentityProvider>(no)
                : wanted.Issuer != provider.Issuer && check.PoolTooWide(state, wanted) is { } tooWide ? Decisions.Refuse<IdentityProvider>(tooWide)
                : Taken(state, wanted, request) is { } taken ? Decisions.Refuse<IdentityProvider>(taken)
                : wanted == provider ? Decisions.Keep(provider) : Decisions.Put(wanted);
        });
        if (outcome.TryGet(out var changed, out _) && seen.ExpectedAudiences.Count > 0 && ProviderCheck.PoolsLeftOpen(request.State, changed) is { } left)
        {
            Warnings.Add(request.Context, left);
        }

        return Answer(request, keys, outcome, created: false);

        IdentityProvider Merge(IdentityProvider provider) => rules.ApplyTo(provider with
        {
            DisplayName = name ?? provider.DisplayName,
            Description = description ?? provider.Description,
            Issuer = issuer ?? provider.Issuer,
            JwksUri = jwksUri ?? provider.JwksUri,
            IdentityClaim = changesClaim ? claim : provider.IdentityClaim,
        });
    }

    private static async Task<IResult> DeleteAsync(ControlRequest request, string id)
    {
        var outcome = await request.UpdateAsync(state =>
            !state.IdentityProviders.TryGetValue(id, out var provider) ? Decisions.Refuse<IdentityProvider>(ControlErrors.NotFound(What, id))
            : request.MayNotChange(state, provider, What) is { } no ? Decisions.Refuse<IdentityProvider>(no)
            : state.Indexes.PoolIdsByProvider.TryGetValue(id, out var pools)
                ? Decisions.Refuse<IdentityProvider>(ControlErrors.InUse($"The identity provider '{id}' has {pools.Count} identity pools. Delete them first."))
            : Decisions.Delete(provider));
        return outcome.TryGet(out _, out var errors) ? TypedResults.NoContent() : ControlAnswers.Errors(errors);
    }

    private static IResult Answer(ControlRequest request, IProviderKeys keys, Outcome<IdentityProvider> outcome, bool created)
    {
        if (!outcome.TryGet(out var provider, out var errors))
        {
            return ControlAnswers.Errors(errors);
        }

        request.Mark(provider);
        var body = IdentityProviderBody.From(provider, keys, request);
        return created
            ? ControlAnswers.Created(body, ControlJson.Wire.IdentityProviderBody, body.Metadata.Self)
            : ControlAnswers.Ok(body, ControlJson.Wire.IdentityProviderBody);
    }

    // The CLI sends an empty claim when its user gives none.
    private static string? ReadClaim(ControlFields fields) => fields.Optional("identity_claim", Limits.Claim) is { Length: > 0 } claim ? claim : null;

    private static IReadOnlyList<ControlError> Problems(ControlFields fields, IdentityProvider wanted, ProviderCheck check)
    {
        fields.Ignore("state", "keys");
        foreach (var (member, problem) in check.Problems(wanted))
        {
            fields.Problem(member, problem);
        }

        return fields.Finish();
    }

    /// <summary>A token's issuer has one answer.</summary>
    private static ControlError? Taken(GatewayState state, IdentityProvider wanted, ControlRequest request)
    {
        var other = state.Indexes.ProviderIdsByIssuer.TryGetValue(wanted.Issuer, out var first) && first != wanted.Id
            ? first
            : state.IdentityProviders.Values.FirstOrDefault(p => p.Id != wanted.Id && p.OtherIssuers.Any(o => o.Issuer == wanted.Issuer))?.Id;
        return other is null
            ? null
            : ControlErrors.AlreadyExists($"The identity provider '{other}' has this issuer already.", request.Links.Url($"{Path}/{other}"));
    }
}
