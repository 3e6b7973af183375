using Sluice.ControlPlane;
using Sluice.Hosting;
using Sluice.State;

namespace Sluice.Iam.V2.ApiKeys;

// API keys
//   GET    /iam/v2/api-keys       spec.owner, spec.resource (exact; empty: all), page_size, page_token
//   POST   /iam/v2/api-keys       202 with the secret, this once; 402 over quota, 422 invalid or unknown owner or cluster
//   GET    /iam/v2/api-keys/{id}
//   PATCH  /iam/v2/api-keys/{id}  spec.display_name and spec.description
//   DELETE /iam/v2/api-keys/{id}  204

internal static class ApiKeysEndpoints
{
    public const string Path = "/iam/v2/api-keys";
    private const string What = "API key";

    public static void MapApiKeys(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).WithMetadata(NeedsCaller.AnAccountReader);
        app.MapPost(Path, CreateAsync);
        app.MapGet(Path + "/{id}", Get).WithMetadata(NeedsCaller.AnAccountReader);
        app.MapPatch(Path + "/{id}", UpdateAsync);
        app.MapDelete(Path + "/{id}", DeleteAsync);
    }

    private static IResult List(ControlRequest request)
    {
        var query = request.Context.Request.Query;
        var (owner, resource) = (query["spec.owner"].ToString(), query["spec.resource"].ToString());
        var keys = request.State.ApiKeys.Values.Where(k =>
            (owner.Length == 0 || k.OwnerId == owner) && (resource.Length == 0 || (k.ResourceId ?? ApiKey.Cloud) == resource));
        return Paging.List(
            request, Path, ["spec.owner", "spec.resource"], keys, "iam/v2", "ApiKeyList", k => ApiKeyBody.From(k, request), ControlJson.Wire.ListBodyApiKeyBody);
    }

    private static async Task<IResult> CreateAsync(ControlRequest request, ClusterDirectory clusters)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        var spec = fields.Object("spec", s =>
        {
            s.Ignore("secret", "resources");
            return new WantedKey(
                s.Optional("display_name", Limits.Name) ?? "",
                s.Optional("description", Limits.Description) ?? "",
                s.Object("owner", Reference) ?? "",
                s.Object("resource", Reference) is { Length: > 0 } id ? id : ApiKey.Cloud);
        });
        var errors = fields.Finish().ToList();
        if (spec is null || spec.OwnerId.Length == 0)
        {
            errors.Add(ControlErrors.Invalid("/spec/owner/id", "spec.owner.id is required: a service account or user."));
        }
        else if (spec.ResourceId != ApiKey.Cloud && !clusters.TryGet(spec.ResourceId, out _))
        {
            errors.Add(ControlErrors.Invalid("/spec/resource/id", "spec.resource.id is no cluster of this gateway; leave spec.resource out for a Cloud API key."));
        }

        if (errors.Count > 0)
        {
            return ControlAnswers.Errors(errors);
        }

        var secret = ApiKeySecret.Create();
        var wanted = new ApiKey("", ApiKeySecret.Hash(secret), spec!.OwnerId, spec.ResourceId) { DisplayName = spec.DisplayName, Description = spec.Description };
        var outcome = await request.UpdateAsync(state =>
            !state.ServiceAccounts.ContainsKey(wanted.OwnerId) && !state.Users.ContainsKey(wanted.OwnerId)
                ? Decisions.Refuse<ApiKey>(ControlErrors.Invalid("/spec/owner/id", "There is no such service account or user."))
            : state.ApiKeys.Count >= request.Quotas.ApiKeys
                ? Decisions.Refuse<ApiKey>(ControlErrors.Quota("API keys", request.Quotas.ApiKeys, "Sluice:ControlPlane:Quotas:ApiKeys"))
            : Decisions.Put(wanted with { Id = state.NewId(ResourceKind.ApiKey, "") }));
        if (!outcome.TryGet(out var key, out var refused))
        {
            return ControlAnswers.Errors(refused);
        }

        var body = ApiKeyBody.From(key, request, secret);
        request.Context.Response.Headers.CacheControl = "no-store";
        return ControlAnswers.Created(body, ControlJson.Wire.ApiKeyBody, body.Metadata.Self, StatusCodes.Status202Accepted);
    }

    private static IResult Get(ControlRequest request, string id) =>
        request.State.ApiKeys.TryGetValue(id, out var key)
            ? Answer(request, key)
            : ControlAnswers.Error(ControlErrors.NotFound(What, id));

    private static async Task<IResult> UpdateAsync(ControlRequest request, string id)
    {
        if (!(await request.ReadAsync()).TryGet(out var fields, out var unreadable))
        {
            return ControlAnswers.Errors(unreadable);
        }

        string? name = null;
        string? description = null;
        string? owner = null;
        string? resource = null;
        fields.Object("spec", s =>
        {
            name = s.Optional("display_name", Limits.Name);
            description = s.Optional("description", Limits.Description);
            owner = s.Object("owner", Reference);
            resource = s.Object("resource", Reference);
            s.Ignore("secret", "resources");
            return "";
        });
        if (fields.Finish() is { Count: > 0 } problems)
        {
            return ControlAnswers.Errors(problems);
        }

        var outcome = await request.UpdateAsync(state =>
        {
            if (!state.ApiKeys.TryGetValue(id, out var key))
            {
                return Decisions.Refuse<ApiKey>(ControlErrors.NotFound(What, id));
            }

            if ((owner ?? key.OwnerId) != key.OwnerId || (resource is not null && resource != (key.ResourceId ?? ApiKey.Cloud)))
            {
                return Decisions.Refuse<ApiKey>(ControlErrors.Invalid("/spec", "An API key's owner and resource cannot be changed. Make another key."));
            }

            var wanted = key with { DisplayName = name ?? key.DisplayName, Description = description ?? key.Description };
            return request.MayNotChange(state, key, What) is { } no ? Decisions.Refuse<ApiKey>(no) : wanted == key ? Decisions.Keep(key) : Decisions.Put(wanted);
        });
        return outcome.TryGet(out var changed, out var errors) ? Answer(request, changed) : ControlAnswers.Errors(errors);
    }

    private static async Task<IResult> DeleteAsync(ControlRequest request, string id)
    {
        var outcome = await request.UpdateAsync(state =>
            !state.ApiKeys.TryGetValue(id, out var key) ? Decisions.Refuse<ApiKey>(ControlErrors.NotFound(What, id))
            : request.MayNotChange(state, key, What) is { } no ? Decisions.Refuse<ApiKey>(no)
            : Decisions.Delete(key));
        return outcome.TryGet(out _, out var errors) ? TypedResults.NoContent() : ControlAnswers.Errors(errors);
    }

    private static IResult Answer(ControlRequest request, ApiKey key)
    {
        request.Mark(key);
        return ControlAnswers.Ok(ApiKeyBody.From(key, request), ControlJson.Wire.ApiKeyBody);
    }

    // The CLI sends no kind; the id's prefix says what it is. Clients send related and resource_name empty.
    private static string Reference(ControlFields reference)
    {
        reference.Ignore("environment", "related", "resource_name");
        return ReadId(reference);
    }

    private static string ReadId(ControlFields reference) => reference.Optional("id", Limits.Claim) ?? "";

    private sealed record WantedKey(string DisplayName, string Description, string OwnerId, string ResourceId);
}
