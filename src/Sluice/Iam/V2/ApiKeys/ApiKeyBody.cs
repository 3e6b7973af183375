using Sluice.Cmk.V2;
using Sluice.ControlPlane;
using Sluice.Iam.V2.ServiceAccounts;
using Sluice.State;

namespace Sluice.Iam.V2.ApiKeys;

internal sealed record ApiKeyBody(string ApiVersion, string Kind, string Id, ObjectMeta Metadata, ApiKeySpec Spec)
{
    /// <param name="key">The key.</param>
    /// <param name="request">For links.</param>
    /// <param name="secret">Only when the key is made: it is never known again.</param>
    public static ApiKeyBody From(ApiKey key, ControlRequest request, string? secret = null) => new(
        "iam/v2",
        "ApiKey",
        key.Id,
        ObjectMeta.Of(request.Links.Url($"{ApiKeysEndpoints.Path}/{key.Id}"), request.Links.Crn(request.State, $"/api-key={key.Id}"), key.Metadata),
        new ApiKeySpec(secret, key.DisplayName, key.Description, Owner(key.OwnerId, request), Resource(key.ResourceId, request)));

    private static ObjectReference Owner(string id, ControlRequest request) => id.StartsWith("u-", StringComparison.Ordinal)
        ? new(id, request.Links.Url($"/iam/v2/users/{id}"), request.Links.Crn(request.State, $"/user={id}"), "iam/v2", "User")
        : new(id, request.Links.Url($"{ServiceAccountsEndpoints.Path}/{id}"), request.Links.Crn(request.State, $"/service-account={id}"), "iam/v2", "ServiceAccount");

    private static ObjectReference Resource(string? id, ControlRequest request) => id is null or ApiKey.Cloud
        ? new(ApiKey.Cloud, request.Links.Url("/org/v2/environments"), request.Links.Crn(request.State), "iam/v2", "Cloud")
        : new(id, request.Links.Url($"{ClustersEndpoints.Path}/{id}"), ClusterBody.CrnOf(id, request), "cmk/v2", "Cluster");
}

internal sealed record ApiKeySpec(string? Secret, string DisplayName, string Description, ObjectReference Owner, ObjectReference Resource)
{
    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"ApiKeySpec {Owner.Id} {Resource.Id}";
}
