using Sluice.Access.Roles;
using Sluice.Cmk.V2;
using Sluice.Dev.IdentityProvider;
using Sluice.Hosting;
using Sluice.State;

namespace Sluice.Dev;

/// <summary>What <c>sluice dev</c> configures for its user: a provider, a pool, an administrator's key.</summary>
/// <param name="State">For the gateway: declared, so that clients cannot change it.</param>
/// <param name="Info">For the user.</param>
internal sealed record DevSeeds(IReadOnlyList<IStateResource> State, DevInfo Info)
{
    private const string ApiKeyId = "SLUICEDEVADMIN";
    private const string ProviderId = "op-dev";
    private const string Administrator = "u-dev";

    public static DevSeeds Create(
        DevOptions options, Organization organization, string crnAuthority, string clusterId, Uri address, string apiSecret, DevelopmentIdentityProvider idp,
        DevelopmentIdentityProviderOptions idpOptions)
    {
        var provider = new Sluice.State.IdentityProvider(
            ProviderId, "Development", "The identity provider inside sluice dev", idp.OktaIssuer, idp.OktaJwksUri.AbsoluteUri)
        {
            IdentityClaim = "claims.sub",
            OtherIssuers = [new TrustedIssuer(idp.EntraIssuer, idp.EntraJwksUri.AbsoluteUri)],
        };
        var client = idpOptions.Clients[0];
        var pool = new IdentityPool(
            options.PoolId,
            ProviderId,
            "Development",
            "The development client, by a token of either shape",
            "claims.sub",
            $"claims.cid == \"{client.Id}\" || claims.azp == \"{client.Id}\"");
        var scope = $"crn://{crnAuthority}/organization={organization.Id}";
        IStateResource[] state =
        [
            ClustersEndpoints.DefaultEnvironment,
            .. DeclaredAdministrator.With(ApiKeyId, ApiKeySecret.Hash(apiSecret), Administrator, scope),

            // So that Terraform's `oauth {}` with the development client may manage everything, as the key may.
            new RoleBinding("rb-dev-pool", $"User:{options.PoolId}", RoleTable.OrganizationAdmin, scope),
            provider,
            pool,
        ];
        var url = address.GetLeftPart(UriPartial.Authority);
        var info = new DevInfo
        {
            Url = url,
            OktaTokenUrl = idp.OktaTokenUrl.AbsoluteUri,
            EntraTokenUrl = idp.EntraTokenUrl.AbsoluteUri,
            ClientId = client.Id,
            ClientSecret = client.Secret,
            Scope = idpOptions.DefaultScope,
            ProviderId = ProviderId,
            PoolId = options.PoolId,
            ClusterId = clusterId,
            ClusterCrn = $"{scope}/environment={ClustersEndpoints.Environment}/cloud-cluster={clusterId}/kafka={clusterId}",
            Kafka = options.Kafka,
            ApiKey = ApiKeyId,
            ApiSecret = apiSecret,
        };
        return new DevSeeds(state, info);
    }
}
