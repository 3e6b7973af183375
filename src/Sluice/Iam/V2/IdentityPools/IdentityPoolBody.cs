using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.IdentityPools;

internal sealed record IdentityPoolBody(
    string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string DisplayName, string Description, string IdentityClaim, string Filter,
    string Principal, string State)
{
    public static IdentityPoolBody From(IdentityPool pool, ControlRequest request) => new(
        "iam/v2",
        "IdentityPool",
        pool.Id,
        ObjectMeta.Of(
            request.Links.Url($"{IdentityPoolsEndpoints.Of(pool.ProviderId)}/{pool.Id}"),
            request.Links.Crn(request.State, $"/identity-provider={pool.ProviderId}/identity-pool={pool.Id}"),
            pool.Metadata),
        pool.DisplayName,
        pool.Description,
        pool.IdentityClaim,
        pool.Filter,
        pool.Id,
        "ENABLED");
}
