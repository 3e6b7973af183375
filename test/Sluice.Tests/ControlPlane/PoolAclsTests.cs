using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Testing;
using Sluice.Tests.Access;
using Sluice.Tests.Dev.IdentityProvider;
using Sluice.Tests.Identity;

namespace Sluice.Tests.ControlPlane;

/// <summary>What a deleted pool leaves behind: nothing.</summary>
public sealed class PoolAclsTests
{
    [Fact]
    public async Task A_deleted_pool_takes_its_role_bindings_and_ACLs_with_it_and_nobody_elses()
    {
        await using var host = await IssuerGateway.StartAsync();
        var pool = await host.CreatePoolAsync("claims.sub == 'a'");
        var binding = await host.GrantAsync(pool, "DeveloperRead", "/topic=a");
        foreach (var (principal, operation, type) in ((string, string, string)[])[(pool, "READ", "TOPIC"), (pool, "WRITE", "TOPIC"), (pool, "READ", "GROUP"), ("pool-other", "READ", "TOPIC"), ("*", "READ", "TOPIC")])
        {
            await PoolCaller.AclAsync(host, $"User:{principal}", "ALLOW", operation, "a", "PREFIXED", type: type);
        }

        Assert.Equal(204, (await host.AdministerAsync(HttpMethod.Delete, $"{host.Pools()}/{pool}")).Status);

        var left = (await host.AdministerAsync(HttpMethod.Get, $"{host.Gateway.Cluster}/acls")).Json.GetProperty("data").EnumerateArray().Select(acl => acl.GetProperty("principal").GetString()).Order();
        Assert.Equal(["User:*", "User:pool-other"], left);
        Assert.Equal(404, (await host.AdministerAsync(HttpMethod.Get, $"/iam/v2/role-bindings/{binding}")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cluster_that_does_not_delete_them_is_logged_and_the_pool_is_gone_all_the_same(bool throws)
    {
        using var log = new LogCollector();
        await using var gateway = await ControlHost.StartAsync(services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.AddSingleton(new ClusterDirectory([new UnwillingCluster(throws)]));
        });
        var provider = (await gateway.CreateAsync("/iam/v2/identity-providers", new { display_name = "p", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri })).GetProperty("id");
        var pools = $"/iam/v2/identity-providers/{provider}/identity-pools";
        var pool = (await gateway.CreateAsync(pools, new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "true" })).GetProperty("id");

        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync("DELETE", $"{pools}/{pool}")).Status);

        Assert.Empty(gateway.State.IdentityPools);
        Assert.Contains(log.Lines, line => line.Contains($"The ACLs of the deleted pool {pool} remain on the cluster lkc-unwilling", StringComparison.Ordinal));
    }

    /// <summary>The gateway decides by its ACLs, and it answers nothing.</summary>
    private sealed class UnwillingCluster(bool throws) : IClusterConnection, IAclFeed
    {
        public string? ClusterId => "lkc-unwilling";

        public IAclFeed? Acls => this;

        public IReadOnlyCollection<AclBinding>? Current => [];

        public ICluster For(ClusterCaller caller) => throws
            ? throw new InvalidOperationException("The connection is closed.")
            : new FailingCluster("lkc-unwilling") { Error = new KafkaError(KafkaErrorCode.RequestTimedOut, "The brokers do not answer.") };

        public ValueTask<KafkaError> ReadyAsync(CancellationToken cancellationToken) => default;

        public ValueTask SettleAsync(Predicate<IReadOnlyCollection<AclBinding>> shows, CancellationToken cancellationToken) => default;

        public ValueTask DisposeAsync() => default;
    }
}
