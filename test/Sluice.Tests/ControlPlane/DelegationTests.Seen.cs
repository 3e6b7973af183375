using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.State;
using Sluice.Tests.Dev.IdentityProvider;

namespace Sluice.Tests.ControlPlane;

// What each sees, and what refusals say.
public sealed partial class DelegationTests
{
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
}
