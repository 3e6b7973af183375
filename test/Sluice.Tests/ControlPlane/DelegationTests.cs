using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.State;

namespace Sluice.Tests.ControlPlane;

/// <summary>Who may administer what: each role does what is its own, sees what is in its scope, and gives no more than it has.</summary>
public sealed partial class DelegationTests
{
    private const string Bindings = "/iam/v2/role-bindings";
    private const string Organization = ControlHost.Organization;
    private const string Environment = Organization + "/environment=env-default";
    private const string Cluster = Environment + "/cloud-cluster=lkc-1";
    private const string Kafka = Cluster + "/kafka=lkc-1";

    [Fact]
    public async Task Attack_97_A_resource_owner_gives_nobody_a_higher_role_or_another_resource()
    {
        await using var gateway = await ControlHost.StartAsync();
        var owner = await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=orders-*"));
        var pool = await MakePoolAsync(gateway);
        await gateway.CreateAsync(Bindings, Binding("User:sa-other", "DeveloperRead", Kafka + "/topic=payments"));
        await gateway.CreateAsync(Bindings, Binding("User:sa-other", "DeveloperRead", Kafka + "/topic=orders*"));
        await gateway.CreateAsync(Bindings, Binding("User:sa-other", "CloudClusterAdmin", Kafka));
        var before = gateway.State;

        (string Role, string Crn)[] attempts =
        [
            // Another resource, a wider pattern, the same in other words.
            ("DeveloperRead", Kafka + "/topic=payments"), ("DeveloperRead", Kafka + "/topic=*"), ("DeveloperRead", Kafka + "/topic=orders*"), ("ResourceOwner", Kafka + "/topic=orders*"),
            ("ResourceOwner", Kafka + "/topic=orders"), ("ResourceOwner", Kafka + "/topic=Orders-1"), ("ResourceOwner", Kafka + "/topic=%6Frders*"), ("ResourceOwner", Kafka + "/topic=%2A"),
            ("ResourceOwner", Kafka + "/topic=orders%2D1/"), ("ResourceOwner", Kafka + "/topic=orders-*/"), ("ResourceOwner", Kafka + "/group=orders-1"), ("ResourceOwner", Kafka + "/transactional-id=orders-*"),
            ("ResourceOwner", Kafka), ("ResourceOwner", Cluster), ("DeveloperWrite", Kafka), ("DeveloperManage", Kafka), ("DeveloperRead", Environment), ("ResourceOwner", Environment),
            ("DeveloperRead", "crn://confluent.cloud/kafka=lkc-1/topic=orders-1"), ("DeveloperRead", Organization + "/kafka=lkc-1/topic=orders-1"), ("DeveloperRead", Organization + "/topic=orders-1"),
            ("DeveloperRead", Cluster + "/topic=orders-1"), ("DeveloperRead", Cluster + "/kafka=lkc-2/topic=orders-1"), ("DeveloperRead", Kafka.Replace("lkc-1", "lkc-2", StringComparison.Ordinal) + "/topic=orders-1"),
            ("DeveloperRead", Kafka.Replace("env-default", "env-*", StringComparison.Ordinal) + "/topic=orders-1"), ("DeveloperRead", Cluster + "/kafka=lkc-1%2Ftopic=orders-1"),
            ("DeveloperRead", Kafka.Replace("organization=", "organization=x", StringComparison.Ordinal) + "/topic=orders-1"), ("DeveloperRead", Kafka.Replace("confluent.cloud", "evil.example", StringComparison.Ordinal) + "/topic=orders-1"),
            ("ResourceOwner", Environment + "/schema-registry=lsrc-1/subject=orders-1"), ("ResourceOwner", $"{Organization}/identity-provider=x/identity-pool={pool}"),

            // A higher role where it belongs, and where it does not.
            ("OrganizationAdmin", Organization), ("AccountAdmin", Organization), ("EnvironmentAdmin", Environment), ("CloudClusterAdmin", Kafka), ("CloudClusterAdmin", Cluster), ("Operator", Cluster),
            ("MetricsViewer", Cluster), .. RoleNames.Where(role => !role.StartsWith("Developer", StringComparison.Ordinal) && role != "ResourceOwner").Select(role => (role, Kafka + "/topic=orders-1")),
            ("ResourceOwner ", Kafka + "/topic=orders-1"), ("resourceowner", Kafka + "/topic=orders-1"),
        ];
        string[] principals = [$"User:{owner.Account}", $"User:{pool}", "Group:all", "User:*"];
        foreach (var (role, crn) in attempts)
        {
            foreach (var principal in principals)
            {
                var (status, body) = await owner.SendAsync("POST", Bindings, Binding(principal, role, crn));
                Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest, $"{role} at {crn} for {principal}: {status} {body}");
            }
        }

        Assert.Equal(before.Version, gateway.State.Version);
        foreach (var other in before.RoleBindings.Values.Where(binding => binding.Principal != $"User:{owner.Account}"))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await owner.SendAsync("DELETE", $"{Bindings}/{other.Id}")).Status);
        }

        // What it does see and is more than it has stays as well: the owner of all topics of the cluster, and the cluster's administrator.
        var all = await HolderAsync(gateway, ("ResourceOwner", Cluster));
        var higher = before.RoleBindings.Values.Single(binding => binding.RoleName == "CloudClusterAdmin");
        Assert.Equal(HttpStatusCode.OK, (await all.SendAsync("GET", $"{Bindings}/{higher.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await all.SendAsync("DELETE", $"{Bindings}/{higher.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await all.SendAsync("POST", Bindings, Binding($"User:{all.Account}", "CloudClusterAdmin", Cluster))).Status);
        before = gateway.State;
        foreach (var (method, path, body) in ((string, string, object?)[])
            [
                ("POST", "/iam/v2/api-keys", new { spec = new { owner = new { id = "u-admin" } } }),
                ("POST", "/iam/v2/service-accounts", new { display_name = "x" }),
                ("PATCH", PoolPath(gateway, pool), new { filter = "true" }),
                ("DELETE", PoolPath(gateway, pool), null),
            ])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await owner.SendAsync(method, path, body)).Status);
        }

        Assert.Equal(before.Version, gateway.State.Version);
    }

    [Fact]
    public async Task A_resource_owner_shares_what_it_owns_and_takes_it_back()
    {
        await using var gateway = await ControlHost.StartAsync();
        var owner = await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=orders-*"), ("ResourceOwner", Kafka + "/group=orders"));
        var ids = new List<string>();
        foreach (var (role, below) in ((string, string)[])
            [
                ("DeveloperRead", "/topic=orders-1"), ("DeveloperWrite", "/topic=orders-*"), ("DeveloperManage", "/topic=orders-eu-*"), ("ResourceOwner", "/topic=orders-*"),
                ("DeveloperRead", "/topic=%6Frders-2"), ("DeveloperRead", "/group=orders"),
            ])
        {
            var (status, body) = await owner.SendAsync("POST", Bindings, Binding("User:pool-friend", role, Kafka + below));
            Assert.True(status == HttpStatusCode.Created, $"{role} at {below}: {status} {body}");
            ids.Add(Id(body));
        }

        Assert.Equal(HttpStatusCode.Conflict, (await owner.SendAsync("POST", Bindings, Binding("User:pool-friend", "DeveloperRead", Kafka + "/topic=orders-1"))).Status);
        var (_, listed) = await owner.SendAsync("GET", $"{Bindings}?crn_pattern={Uri.EscapeDataString(Organization + "/*")}&page_size=100");
        Assert.Equal(ids.Count + 2, listed.GetProperty("data").GetArrayLength());
        foreach (var id in ids)
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync("GET", $"{Bindings}/{id}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync("DELETE", $"{Bindings}/{id}")).Status);
        }

        // The owner before it made by an administrator is its own too, and so is another owner of the same.
        var mine = gateway.State.RoleBindings.Values.Single(binding => binding.Principal == $"User:{owner.Account}" && binding.CrnPattern.EndsWith("group=orders", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync("DELETE", $"{Bindings}/{mine.Id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.SendAsync("POST", Bindings, Binding("User:pool-friend", "DeveloperRead", Kafka + "/group=orders"))).Status);
    }

    [Fact]
    public async Task An_administrator_of_an_environment_or_cluster_gives_roles_in_it_and_nowhere_else()
    {
        await using var gateway = await ControlHost.StartAsync();
        var environment = await HolderAsync(gateway, ("EnvironmentAdmin", Environment));
        var cluster = await HolderAsync(gateway, ("CloudClusterAdmin", Cluster));
        (Holder By, string Role, string Crn, bool May)[] grants =
        [
            (environment, "EnvironmentAdmin", Environment, true), (environment, "CloudClusterAdmin", Cluster, true), (environment, "ResourceOwner", Kafka + "/topic=*", true),
            (environment, "DataSteward", Environment, true), (environment, "OrganizationAdmin", Organization, false), (environment, "EnvironmentAdmin", Organization + "/environment=env-other", false),
            (environment, "EnvironmentAdmin", Organization + "/environment=env-*", false), (environment, "Operator", Organization, false), (environment, "AccountAdmin", Organization, false),
            (cluster, "CloudClusterAdmin", Kafka, true), (cluster, "Operator", Cluster, true), (cluster, "DeveloperRead", Kafka + "/group=*", true), (cluster, "EnvironmentAdmin", Environment, false),
            (cluster, "DeveloperRead", Environment, false), (cluster, "DeveloperRead", Environment + "/cloud-cluster=lkc-2/kafka=lkc-2/topic=a", false), (cluster, "CloudClusterAdmin", Environment + "/cloud-cluster=lkc-*", false),
        ];
        foreach (var (by, role, crn, may) in grants)
        {
            var (status, body) = await by.SendAsync("POST", Bindings, Binding("User:pool-a", role, crn));
            Assert.True(status == (may ? HttpStatusCode.Created : HttpStatusCode.Forbidden), $"{role} at {crn}: {status} {body}");
        }

        // The administrator of the cluster takes back what is in the cluster, from whomever it has it, and not the environment's.
        foreach (var binding in gateway.State.RoleBindings.Values)
        {
            var isIn = binding.CrnPattern.StartsWith(Cluster, StringComparison.Ordinal) && binding.Principal != $"User:{cluster.Account}";
            var expected = isIn ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            if (binding.Principal != $"User:{cluster.Account}")
            {
                Assert.Equal(expected, (await cluster.SendAsync("DELETE", $"{Bindings}/{binding.Id}")).Status);
            }
        }
    }

    [Fact]
    public async Task An_AccountAdmin_manages_providers_and_pools_and_reads_who_there_is()
    {
        await using var gateway = await ControlHost.StartAsync();
        var admin = await HolderAsync(gateway, ("AccountAdmin", Organization));
        var (status, provider) = await admin.SendAsync(
            "POST", "/iam/v2/identity-providers", new { display_name = "p", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri });
        Assert.Equal(HttpStatusCode.Created, status);
        var path = $"/iam/v2/identity-providers/{Id(provider)}";
        var (_, pool) = await admin.SendAsync("POST", path + "/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "true" });
        var poolPath = $"{path}/identity-pools/{Id(pool)}";
        Assert.Equal("claims.sub == 'a'", (await admin.SendAsync("PATCH", poolPath, new { filter = "claims.sub == 'a'" })).Body.GetProperty("filter").GetString());
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("PATCH", path + "/jwks", new { spec = new { jwks_status = "REFRESHED" } })).Status);
        foreach (var read in (string[])["/iam/v2/service-accounts", $"/iam/v2/service-accounts/{admin.Account}", "/iam/v2/api-keys", "/iam/v2/api-keys/ADMIN", "/iam/v2/users/u-admin", "/org/v2/organizations"])
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("GET", read)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.SendAsync("POST", Bindings, Binding($"User:{Id(pool)}", "DeveloperRead", Kafka + "/topic=a"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.SendAsync("POST", "/iam/v2/api-keys", new { spec = new { owner = new { id = "u-admin" } } })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.SendAsync("DELETE", $"/iam/v2/service-accounts/{admin.Account}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", poolPath)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.SendAsync("DELETE", path)).Status);
    }

    [Fact]
    public async Task An_AccountAdmin_does_not_make_itself_OrganizationAdmin_by_changing_who_is_in_such_a_pool()
    {
        await using var gateway = await ControlHost.StartAsync();
        var admin = await HolderAsync(gateway, ("AccountAdmin", Organization));
        var pool = await MakePoolAsync(gateway);
        var (pools, provider) = (PoolPath(gateway, pool), $"/iam/v2/identity-providers/{gateway.State.IdentityPools[pool].ProviderId}");
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("PATCH", pools, new { filter = "claims.sub == 'before'" })).Status);
        var binding = await gateway.CreateAsync(Bindings, Binding($"User:{pool}", "OrganizationAdmin", Organization));

        foreach (var (method, path, body) in ((string, string, object?)[])
            [
                ("PATCH", pools, new { filter = "true" }), ("PATCH", pools, new { identity_claim = "claims.aud" }), ("DELETE", pools, null), ("PATCH", provider, new { description = "x" }),
                ("PATCH", provider, new { jwks_uri = gateway.Issuer.JwksUri + "?evil" }), ("PATCH", provider, new { issuer = "https://evil.example" }),
            ])
        {
            var (status, answer) = await admin.SendAsync(method, path, body);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.Contains($"OrganizationAdmin at {Organization}, since the pool {pool} has that role", Detail(answer), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("PATCH", pools, new { filter = "claims.sub == 'b'" })).Status);
        await gateway.SendAsync("DELETE", $"{Bindings}/{Id(binding)}");
        Assert.Equal(HttpStatusCode.OK, (await admin.SendAsync("PATCH", pools, new { filter = "claims.sub == 'c'" })).Status);
    }

    [Fact]
    public async Task An_operator_knows_the_role_bindings_in_its_scope_and_changes_none()
    {
        await using var gateway = await ControlHost.StartAsync();
        var inside = Id(await gateway.CreateAsync(Bindings, Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=a")));
        var outside = Id(await gateway.CreateAsync(Bindings, Binding("User:pool-a", "EnvironmentAdmin", Environment)));
        var cluster = await HolderAsync(gateway, ("Operator", Cluster));
        var everywhere = await HolderAsync(gateway, ("Operator", Organization));

        Assert.Equal(HttpStatusCode.OK, (await cluster.SendAsync("GET", $"{Bindings}/{inside}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cluster.SendAsync("GET", $"{Bindings}/{outside}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await everywhere.SendAsync("GET", $"{Bindings}/{outside}")).Status);
        Assert.Equal(gateway.State.RoleBindings.Count, (await everywhere.SendAsync("GET", $"{Bindings}?crn_pattern={Uri.EscapeDataString(Organization + "/*")}")).Body.GetProperty("metadata").GetProperty("total_size").GetInt32());
        foreach (var holder in (Holder[])[cluster, everywhere])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await holder.SendAsync("DELETE", $"{Bindings}/{inside}")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await holder.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=b"))).Status);
        }
    }

    private static readonly string[] RoleNames = [.. Sluice.Access.Roles.RoleTable.Names];

    private static object Binding(string principal, string role, string crn) => new { principal, role_name = role, crn_pattern = crn };

    private static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;

    private static string Detail(JsonElement answer) => answer.GetProperty("errors")[0].GetProperty("detail").GetString()!;

    private static string PoolPath(ControlHost gateway, string pool) => $"/iam/v2/identity-providers/{gateway.State.IdentityPools[pool].ProviderId}/identity-pools/{pool}";

    private static async Task<string> MakePoolAsync(ControlHost gateway)
    {
        var provider = await gateway.CreateAsync(
            "/iam/v2/identity-providers", new { display_name = "p", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri });
        return Id(await gateway.CreateAsync(
            $"/iam/v2/identity-providers/{Id(provider)}/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "true" }));
    }

    /// <summary>A service account with a Cloud API key and these roles.</summary>
    private static async Task<Holder> HolderAsync(ControlHost gateway, params (string Role, string Crn)[] roles)
    {
        var account = Id(await gateway.CreateAsync("/iam/v2/service-accounts", new { display_name = $"a-{Guid.NewGuid():N}" }));
        foreach (var (role, crn) in roles)
        {
            await gateway.CreateAsync(Bindings, Binding($"User:{account}", role, crn));
        }

        var key = await gateway.CreateAsync("/iam/v2/api-keys", new { spec = new { owner = new { id = account } } });
        return new Holder(account, gateway.Client(Id(key), key.GetProperty("spec").GetProperty("secret").GetString()!));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("^(/api)?/(iam|org|cmk)/|^/sluice/")]
    private static partial Regex Administrative();

    private sealed record Holder(string Account, HttpClient Client)
    {
        public Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string method, string path, object? body = null) => ControlHost.SendAsync(Client, method, path, body);
    }

    /// <summary>Takes a caller's roles back when its change has been asked for and is about to be decided.</summary>
    private sealed class BetweenStore(IStateStore store) : IStateStore
    {
        public string? TakeBackFrom { get; set; }

        public bool HasTakenBack { get; private set; }

        public GatewayState Current => store.Current;

        public async Task<T> UpdateAsync<T>(ChangeAuthor author, Func<GatewayState, Update<T>> decide, CancellationToken cancellationToken)
        {
            if (author.Principal == TakeBackFrom)
            {
                var bindings = store.Current.RoleBindings.Values.Where(binding => binding.Principal == TakeBackFrom);
                await store.UpdateAsync(ChangeAuthor.System, _ => Update.Of(_ => 0, [.. bindings.Select(Change.Delete)]), cancellationToken);
                HasTakenBack = true;
            }

            return await store.UpdateAsync(author, decide, cancellationToken);
        }

        public Task<IReadOnlyList<ChangeRecord>> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellationToken) => store.ReadHistoryAsync(query, cancellationToken);
    }
}
