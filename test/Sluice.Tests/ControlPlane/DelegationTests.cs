using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.State;
using Sluice.Tests.Dev.IdentityProvider;

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

    [Fact]
    public async Task Pages_counts_links_and_errors_tell_nothing_of_what_is_out_of_scope()
    {
        await using var gateway = await ControlHost.StartAsync();
        var owner = await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=mine-*"));
        await gateway.Store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(
                _ => 0,
                [
                    .. Enumerable.Range(0, 40).Select(i => Change.Put(new RoleBinding($"rb-foreign-{i:00}", "User:pool-secret", "DeveloperRead", $"{Kafka}/topic=secret-{i}"))),
                    .. Enumerable.Range(0, 11).Select(i => Change.Put(new RoleBinding($"rb-own-{i:00}", "User:pool-friend", "DeveloperRead", $"{Kafka}/topic=mine-{i}"))),
                ]),
            TestContext.Current.CancellationToken);

        var seen = new List<string>();
        var path = $"{Bindings}?crn_pattern={Uri.EscapeDataString(Organization + "/*")}&page_size=5";
        while (path.Length > 0)
        {
            var (status, page) = await owner.SendAsync("GET", path);
            Assert.Equal(HttpStatusCode.OK, status);
            var meta = page.GetProperty("metadata");
            Assert.Equal(12, meta.GetProperty("total_size").GetInt32());
            Assert.DoesNotMatch("secret|foreign|rb-admin|u-admin", page.GetRawText());
            foreach (var link in meta.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString()!.Contains("page_token=", StringComparison.Ordinal)))
            {
                var token = link.Value.GetString()!.Split("page_token=")[1];
                Assert.DoesNotMatch("foreign|admin", System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token)));
            }

            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(Id));
            path = meta.TryGetProperty("next", out var next) ? next.GetString()! : "";
        }

        Assert.Equal(12, seen.Distinct().Count());
        foreach (var filter in (string[])["principal=User:pool-secret", "role_name=OrganizationAdmin", "principal=User:u-admin"])
        {
            var (_, none) = await owner.SendAsync("GET", $"{Bindings}?crn_pattern={Uri.EscapeDataString(Organization + "/*")}&{filter}");
            Assert.Equal((0, 0), (none.GetProperty("metadata").GetProperty("total_size").GetInt32(), none.GetProperty("data").GetArrayLength()));
        }

        // Out of scope and not there at all read the same.
        foreach (var method in (string[])["GET", "DELETE"])
        {
            var foreign = await owner.SendAsync(method, $"{Bindings}/rb-foreign-00");
            var missing = await owner.SendAsync(method, $"{Bindings}/rb-nothing-00");
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, missing.Status));
            Assert.Equal(Detail(missing.Body).Replace("nothing", "foreign", StringComparison.Ordinal), Detail(foreign.Body));
        }

        // A binding that exists and one that does not are refused alike.
        var taken = await owner.SendAsync("POST", Bindings, Binding("User:pool-secret", "DeveloperRead", Kafka + "/topic=secret-0"));
        var free = await owner.SendAsync("POST", Bindings, Binding("User:pool-secret", "DeveloperRead", Kafka + "/topic=secret-x"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (taken.Status, free.Status));
        Assert.Equal(Detail(taken.Body), Detail(free.Body).Replace("secret-x", "secret-0", StringComparison.Ordinal));
        Assert.Equal(40, gateway.State.RoleBindings.Values.Count(binding => binding.Principal == "User:pool-secret"));
    }

    [Fact]
    public async Task A_role_that_is_taken_back_is_gone_for_every_change_that_is_decided_later()
    {
        await using var gateway = await ControlHost.StartAsync();
        var owner = await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=orders-*"));
        var own = gateway.State.RoleBindings.Values.Single(binding => binding.Principal == $"User:{owner.Account}");

        var requests = Enumerable.Range(0, 60).Select(async i =>
        {
            if (i == 30)
            {
                await gateway.SendAsync("DELETE", $"{Bindings}/{own.Id}");
                return HttpStatusCode.OK;
            }

            return (await owner.SendAsync("POST", Bindings, Binding($"User:pool-{i}", "DeveloperRead", Kafka + "/topic=orders-1"))).Status;
        });
        var answers = await Task.WhenAll(requests);

        var history = await gateway.HistoryAsync();
        var end = history.Single(change => change.Id == own.Id && change.After is null).Version;
        Assert.DoesNotContain(history, change => change.Version > end && change.Author.Principal == $"User:{owner.Account}");
        Assert.Equal(answers.Count(status => status == HttpStatusCode.Created), gateway.State.RoleBindings.Values.Count(binding => binding.Principal.StartsWith("User:pool-", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.SendAsync("POST", Bindings, Binding("User:pool-late", "DeveloperRead", Kafka + "/topic=orders-1"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await owner.SendAsync("GET", $"{Bindings}?crn_pattern={Uri.EscapeDataString(Organization + "/*")}")).Status);
    }

    [Theory]
    [InlineData("ResourceOwner", Kafka + "/topic=orders-*", Bindings)]
    [InlineData("OrganizationAdmin", Organization, "/iam/v2/service-accounts")]
    [InlineData("AccountAdmin", Organization, "/iam/v2/identity-providers")]
    public async Task A_role_that_is_taken_back_between_the_request_and_its_decision_is_gone(string role, string crn, string path)
    {
        BetweenStore between = null!;
        await using var gateway = await ControlHost.StartAsync(services =>
        {
            between = new BetweenStore((IStateStore)services.Last(service => service.ServiceType == typeof(IStateStore)).ImplementationInstance!);
            services.AddSingleton<IStateStore>(between);
        });
        var holder = await HolderAsync(gateway, (role, crn));
        between.TakeBackFrom = $"User:{holder.Account}";

        var (status, body) = await holder.SendAsync("POST", path, path switch
        {
            Bindings => Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=orders-1"),
            "/iam/v2/service-accounts" => new { display_name = "late" },
            _ => new { display_name = "late", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri },
        });

        Assert.True(between.HasTakenBack);
        Assert.True(status == HttpStatusCode.Forbidden, $"{status} {body}");
        Assert.DoesNotContain(await gateway.HistoryAsync(), change => change.Author.Principal == between.TakeBackFrom);
    }

    [Fact]
    public async Task A_pool_delegates_with_an_exchanged_token()
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);
        await gateway.CreateAsync(Bindings, Binding($"User:{pool}", "ResourceOwner", Kafka + "/topic=orders-*"));
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("identity_pool_id", pool), new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            new("subject_token", gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow()))), new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ]);
        using var stranger = gateway.Stranger();
        using var exchange = await stranger.PostAsync("/sts/v1/oauth2/token", form, TestContext.Current.CancellationToken);
        var reply = JsonDocument.Parse(await exchange.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        using var holder = gateway.Bearer(reply.GetProperty("access_token").GetString()!);

        var (status, made) = await ControlHost.SendAsync(holder, "POST", "/api" + Bindings, Binding("User:pool-friend", "DeveloperRead", Kafka + "/topic=orders-1"));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal($"User:{pool}", (await gateway.HistoryAsync())[^1].Author.Principal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ControlHost.SendAsync(holder, "POST", Bindings, Binding($"User:{pool}", "ResourceOwner", Kafka + "/topic=*"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ControlHost.SendAsync(holder, "DELETE", $"{Bindings}/{Id(made)}")).Status);
    }

    [Fact]
    public async Task Environments_and_clusters_are_shown_to_those_who_administer_something_in_them()
    {
        await using var gateway = await ControlHost.StartAsync();
        var other = Id(await gateway.CreateAsync("/org/v2/environments", new { display_name = "other" }));
        (Holder Holder, string[] Environments, string[] Clusters)[] expected =
        [
            (await HolderAsync(gateway, ("EnvironmentAdmin", Environment)), ["env-default"], ["lkc-1"]),
            (await HolderAsync(gateway, ("EnvironmentAdmin", $"{Organization}/environment={other}")), [other], []),
            (await HolderAsync(gateway, ("CloudClusterAdmin", Cluster)), ["env-default"], ["lkc-1"]),
            (await HolderAsync(gateway, ("CloudClusterAdmin", Environment + "/cloud-cluster=lkc-2")), ["env-default"], []),
            (await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=a")), ["env-default"], ["lkc-1"]),
            (await HolderAsync(gateway, ("Operator", Organization)), ["env-default", other], ["lkc-1"]),
        ];
        foreach (var (holder, environments, clusters) in expected)
        {
            foreach (var prefix in (string[])["", "/api"])
            {
                var (_, listed) = await holder.SendAsync("GET", prefix + "/org/v2/environments");
                Assert.Equal(environments.Order(), listed.GetProperty("data").EnumerateArray().Select(Id).Order());
                Assert.Equal(environments.Length, listed.GetProperty("metadata").GetProperty("total_size").GetInt32());
                foreach (var id in (string[])["env-default", other])
                {
                    Assert.Equal(environments.Contains(id) ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await holder.SendAsync("GET", $"{prefix}/org/v2/environments/{id}")).Status);
                }

                var (_, found) = await holder.SendAsync("GET", prefix + "/cmk/v2/clusters?environment=env-default");
                Assert.Equal(clusters, found.GetProperty("data").EnumerateArray().Select(Id));
                Assert.Equal(clusters.Length, found.GetProperty("metadata").GetProperty("total_size").GetInt32());
                Assert.Equal(clusters.Length > 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await holder.SendAsync("GET", $"{prefix}/cmk/v2/clusters/lkc-1?environment=env-default")).Status);
            }

            var (_, me) = await holder.SendAsync("GET", "/api/me");
            Assert.Equal(environments.Order(), me.GetProperty("accounts").EnumerateArray().Select(Id).Order());
        }
    }

    [Theory]
    [InlineData("OrganizationAdmin", Kafka + "/topic=a", "OrganizationAdmin holds for the organization, not for a topic")]
    [InlineData("EnvironmentAdmin", Organization, "EnvironmentAdmin holds for an environment")]
    [InlineData("CloudClusterAdmin", Environment, "CloudClusterAdmin holds for a cluster")]
    [InlineData("Operator", Kafka + "/group=a", "not for a group")]
    [InlineData("DeveloperRead", Organization + "/topic=a", "right behind kafka=<cluster>")]
    [InlineData("DeveloperRead", "crn://confluent.example/organization=o/environment=e/cloud-cluster=c/kafka=c/topic=a", "crn_pattern must begin with crn://confluent.cloud/")]
    public async Task A_binding_that_would_mean_nothing_is_400_and_says_what_would(string role, string crn, string detail)
    {
        await using var gateway = await ControlHost.StartAsync();

        var (status, body) = await gateway.SendAsync("POST", Bindings, Binding("User:pool-a", role, crn));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(detail, Detail(body), StringComparison.Ordinal);
        Assert.Equal("/crn_pattern", body.GetProperty("errors")[0].GetProperty("source").GetProperty("pointer").GetString());
        Assert.Single(gateway.State.RoleBindings);
    }

    [Fact]
    public async Task With_another_authority_bindings_begin_with_it()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:CrnAuthority=kafka.example.com");
        await gateway.Store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(_ => 0, Change.Put(new RoleBinding("rb-own", "User:u-admin", "OrganizationAdmin", Organization.Replace("confluent.cloud", "kafka.example.com", StringComparison.Ordinal)))),
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=a"))).Status);
        Assert.Equal(
            HttpStatusCode.Created,
            (await gateway.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka.Replace("confluent.cloud", "kafka.example.com", StringComparison.Ordinal) + "/topic=a"))).Status);
    }

    [Fact]
    public async Task A_refusal_says_which_role_at_which_scope_would_do()
    {
        await using var gateway = await ControlHost.StartAsync();
        var owner = await HolderAsync(gateway, ("ResourceOwner", Kafka), ("ResourceOwner", Kafka + "/topic=a"));

        var (_, elsewhere) = await owner.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Environment + "/cloud-cluster=lkc-2/kafka=lkc-2/topic=b"));
        var (_, higher) = await owner.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperWrite", Kafka));
        var (_, route) = await owner.SendAsync("POST", "/iam/v2/service-accounts", new { display_name = "x" });
        var (_, binding) = await (await HolderAsync(gateway)).SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=a"));
        var (status, read) = await owner.SendAsync("GET", "/iam/v2/identity-providers");

        Assert.Equal(
            $"User:{owner.Account} may not give or take DeveloperRead at {Environment}/cloud-cluster=lkc-2/kafka=lkc-2/topic=b. It needs the role OrganizationAdmin at {Organization}, "
            + $"or EnvironmentAdmin at {Environment}, or CloudClusterAdmin at {Environment}/cloud-cluster=lkc-2/kafka=lkc-2, or ResourceOwner at {Environment}/cloud-cluster=lkc-2/kafka=lkc-2/topic=b.",
            Detail(elsewhere));
        Assert.Contains($"DeveloperWrite gives IDEMPOTENT_WRITE on CLUSTER, which User:{owner.Account} has not itself", Detail(higher), StringComparison.Ordinal);
        Assert.Contains($"It needs the role OrganizationAdmin at {Organization}.", Detail(route), StringComparison.Ordinal);
        Assert.Contains(
            $"It needs the role OrganizationAdmin at {Organization}, or EnvironmentAdmin, CloudClusterAdmin or ResourceOwner at something in it.", Detail(binding), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains($"It needs the role OrganizationAdmin or AccountAdmin at {Organization}.", Detail(read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_in_the_log_with_who_and_what_and_with_none_of_the_clients_words()
    {
        using var log = new LogCollector();
        await using var gateway = await ControlHost.StartAsync(services => services.AddSingleton<ILoggerProvider>(log));
        var holder = await HolderAsync(gateway, ("ResourceOwner", Kafka + "/topic=a"));

        await holder.SendAsync("POST", Bindings, Binding("User:pool-a", "DeveloperRead", Kafka + "/topic=b\nforged line"));
        await holder.SendAsync("GET", "/iam/v2/api-keys/clients-words");

        Assert.Contains(log.Lines, line => line.StartsWith($"User:{holder.Account} may not POST /iam/v2/role-bindings as it asked (request ", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith($"User:{holder.Account} may not GET /iam/v2/api-keys/{{id}} as it asked", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("User:", StringComparison.Ordinal) && (line.Contains("forged", StringComparison.Ordinal) || line.Contains("clients-words", StringComparison.Ordinal)));
    }

    /// <summary>Every route there is, with every role: a new route is refused to all but OrganizationAdmin, or is in this table.</summary>
    [Fact]
    public async Task Each_role_reaches_its_routes_and_no_others()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:KeysOnSave=Never");
        const string Anybody = "GET /org/v2/environments$";
        const string Scoped = "GET /(iam/v2/role-bindings|org/v2/(organizations|environments)|cmk/v2/clusters)";
        const string Altering = Scoped + "|(POST|DELETE) /iam/v2/role-bindings";
        (string Role, string Crn, string Routes)[] table =
        [
            ("OrganizationAdmin", Organization, "."),
            ("AccountAdmin", Organization, Anybody + "|/iam/v2/identity-providers|GET /iam/v2/(service-accounts|api-keys|users)|GET /org/v2/organizations"),
            ("EnvironmentAdmin", Environment, Altering), ("CloudClusterAdmin", Cluster, Altering), ("ResourceOwner", Kafka + "/topic=a", Altering), ("Operator", Cluster, Scoped),
            ("DeveloperRead", Kafka + "/topic=a", Anybody), ("DeveloperManage", Cluster, Anybody), ("MetricsViewer", Organization, Anybody), ("Assigner", Organization, Anybody), ("BillingAdmin", Organization, Anybody),
        ];
        var holders = new List<(Holder Holder, string Role, Regex Routes)>();
        foreach (var (role, crn, routes) in table)
        {
            holders.Add((await HolderAsync(gateway, (role, crn)), role, new Regex(routes, RegexOptions.None, TimeSpan.FromSeconds(1))));
        }

        foreach (var (method, template) in ControlRoutes.Of(gateway.Services).Where(route => Administrative().IsMatch(route.Template)))
        {
            var path = Parameter().Replace(template, "none-such");
            var bare = $"{method} {(template.StartsWith("/api", StringComparison.Ordinal) ? template[4..] : template)}";
            foreach (var (holder, role, routes) in holders)
            {
                var (status, body) = await holder.SendAsync(method, path, method is "POST" or "PATCH" ? "{}" : null);
                var isRefused = (int)status >= 400 && body.GetProperty("errors")[0].GetProperty("code").GetString() is "user_unauthorized" or "user_unauthenticated";
                Assert.True(isRefused != routes.IsMatch(bare), $"{role}: {bare}: {status} {body}");
                Assert.True(!isRefused || status == (method == "GET" ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden), $"{role}: {bare}: {status}");
            }
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
