using Sluice.ControlPlane;
using Sluice.State;

namespace Sluice.Iam.V2.ServiceAccounts;

internal sealed record ServiceAccountBody(string ApiVersion, string Kind, string Id, ObjectMeta Metadata, string DisplayName, string Description)
{
    public static ServiceAccountBody From(ServiceAccount account, ControlRequest request) => new(
        "iam/v2",
        "ServiceAccount",
        account.Id,
        ObjectMeta.Of(
            request.Links.Url($"{ServiceAccountsEndpoints.Path}/{account.Id}"),
            request.Links.Crn(request.State, $"/service-account={account.Id}"),
            account.Metadata),
        account.DisplayName,
        account.Description);
}
