using System.Net;
using System.Text.Json;
using Sluice.State;

namespace Sluice.Tests.ControlPlane;

public sealed class ControlPlaneTests
{
    private const string Providers = "/iam/v2/identity-providers";

    [Fact]
    public async Task A_provider_and_its_pool_are_made_read_changed_and_deleted_as_Terraform_does()
    {
        await using var gateway = await ControlHost.StartAsync();
        var provider = await gateway.CreateAsync(Providers, Okta(gateway));
        var path = $"{Providers}/{Id(provider)}";
        Assert.Equal("https://o.example/oauth2/default/", provider.GetProperty("issuer").GetString());

        var (_, changed) = await gateway.SendAsync("PATCH", path, new { id = Id(provider), description = "changed" });
        Assert.Equal("changed", changed.GetProperty("description").GetString());
        Assert.Equal("Okta", changed.GetProperty("display_name").GetString());

        const string Filter = "claims.aud == \"a<b>\" && claims.group != 'é'";
        var pool = await gateway.CreateAsync(
            path + "/identity-pools?assigned_resource_owner=", new { display_name = "p", description = "d", identity_claim = "claims.sub", filter = Filter });
        var poolPath = $"{path}/identity-pools/{Id(pool)}";
        Assert.Equal(Filter, (await gateway.SendAsync("GET", poolPath)).Body.GetProperty("filter").GetString());
        Assert.Equal("true", (await gateway.SendAsync("PATCH", poolPath, new { filter = "true" })).Body.GetProperty("filter").GetString());

        Assert.Equal(HttpStatusCode.Conflict, (await gateway.SendAsync("DELETE", path)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync("DELETE", poolPath)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await gateway.SendAsync("DELETE", path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync("GET", path)).Status);
    }

    [Fact]
    public async Task A_second_provider_with_the_same_issuer_is_refused_and_nothing_is_written()
    {
        await using var gateway = await ControlHost.StartAsync();
        await gateway.CreateAsync(Providers, Okta(gateway));

        var (status, body) = await gateway.SendAsync("POST", Providers, Okta(gateway));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("resource_already_exists", body.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Single(gateway.State.IdentityProviders);
    }

    [Fact]
    public async Task A_provider_cannot_take_an_issuer_that_is_one_of_anothers_further_issuers()
    {
        await using var gateway = await ControlHost.StartAsync();
        await gateway.Store.UpdateAsync(
            ChangeAuthor.System,
            _ => Update.Of(
                _ => 0,
                Change.Put(new IdentityProvider("op-1", "p", "", "https://one.example", "https://one.example/keys") { OtherIssuers = [new("https://o.example/oauth2/default/", "https://one.example/keys")] })),
            TestContext.Current.CancellationToken);

        var (status, body) = await gateway.SendAsync("POST", Providers, Okta(gateway));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("op-1", body.GetProperty("errors")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single(gateway.State.IdentityProviders);
    }

    [Theory]
    [InlineData("{}", 422, "/display_name")]
    [InlineData("""{"display_name":5,"description":"","issuer":"https://i","jwks_uri":"https://i/k"}""", 422, "/display_name")]
    [InlineData("""{"display_name":"n","description":"","issuer":"http://i","jwks_uri":"https://i/k"}""", 422, "/issuer")]
    [InlineData("""{"display_name":"n","description":"","issuer":"https://i","jwks_uri":"https://i/k","x/y":1}""", 422, "/x~1y")]
    [InlineData("[]", 400, null)]
    [InlineData("{", 400, null)]
    [InlineData("", 400, null)]
    public async Task A_bad_body_is_refused_with_its_place(string text, int status, string? pointer)
    {
        await using var gateway = await ControlHost.StartAsync();

        var (answered, body) = await gateway.SendAsync("POST", Providers, text);

        Assert.Equal(status, (int)answered);
        var error = body.GetProperty("errors")[0];
        Assert.Equal($"{status}", error.GetProperty("status").GetString());
        Assert.Equal(pointer, error.TryGetProperty("source", out var source) ? source.GetProperty("pointer").GetString() : null);
        Assert.Empty(gateway.State.IdentityProviders);
    }

    [Fact]
    public async Task An_api_key_shows_its_secret_once_works_at_once_and_says_what_it_is_for()
    {
        await using var gateway = await ControlHost.StartAsync();
        var account = await gateway.CreateAsync("/iam/v2/service-accounts", new { display_name = "app" });
        await gateway.CreateAsync("/iam/v2/role-bindings", new { principal = $"User:{Id(account)}", role_name = "OrganizationAdmin", crn_pattern = ControlHost.Organization });

        var cloud = await gateway.CreateAsync("/iam/v2/api-keys", new { spec = new { owner = new { id = Id(account), kind = "ServiceAccount", related = "", resource_name = "" } } });
        var kafka = await gateway.CreateAsync("/iam/v2/api-keys", new { spec = new { owner = new { id = Id(account) }, resource = new { id = "lkc-1" } } });

        Assert.Equal("Cluster cmk/v2", $"{kafka.GetProperty("spec").GetProperty("resource").GetProperty("kind")} {kafka.GetProperty("spec").GetProperty("resource").GetProperty("api_version")}");
        var read = (await gateway.SendAsync("GET", $"/iam/v2/api-keys/{Id(cloud)}")).Body.GetProperty("spec");
        Assert.False(read.TryGetProperty("secret", out _));
        Assert.Equal("Cloud", read.GetProperty("resource").GetProperty("kind").GetString());
        using var holder = gateway.Client(Id(cloud), cloud.GetProperty("spec").GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(holder, "/org/v2/environments"));
        using var other = gateway.Client(Id(kafka), kafka.GetProperty("spec").GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(other, "/org/v2/environments"));

        await gateway.SendAsync("DELETE", $"/iam/v2/service-accounts/{Id(account)}");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(holder, "/org/v2/environments"));
        Assert.Equal(["ADMIN"], gateway.State.ApiKeys.Keys);
        Assert.Equal(["rb-admin"], gateway.State.RoleBindings.Keys);
    }

    [Fact]
    public async Task Who_is_no_administrator_reads_401_and_not_403_which_Terraform_takes_for_deleted()
    {
        await using var gateway = await ControlHost.StartAsync();
        var account = await gateway.CreateAsync("/iam/v2/service-accounts", new { display_name = "app" });
        var key = await gateway.CreateAsync("/iam/v2/api-keys", new { spec = new { owner = new { id = Id(account) } } });
        using var holder = gateway.Client(Id(key), key.GetProperty("spec").GetProperty("secret").GetString()!);
        using var stranger = gateway.Stranger();
        using var wrong = gateway.Client("ADMIN", "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(holder, $"/iam/v2/service-accounts/{Id(account)}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(stranger, Providers));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(wrong, Providers));
        using var refused = await holder.DeleteAsync($"/iam/v2/service-accounts/{Id(account)}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.True(gateway.State.ServiceAccounts.ContainsKey(Id(account)));
    }

    [Fact]
    public async Task Pages_hold_everything_once_and_the_last_one_has_no_next()
    {
        await using var gateway = await ControlHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => gateway.CreateAsync("/iam/v2/service-accounts", new { display_name = $"a{i}" })));
        var ids = new List<string>();
        var path = "/api/iam/v2/service-accounts";
        JsonElement meta;
        do
        {
            var (_, page) = await gateway.SendAsync("GET", path);
            ids.AddRange(page.GetProperty("data").EnumerateArray().Select(Id));
            meta = page.GetProperty("metadata");
            Assert.Equal(25, meta.GetProperty("total_size").GetInt32());
            path = meta.TryGetProperty("next", out var next) ? next.GetString()! : "";
        }
        while (path.Length > 0);

        Assert.Equal(25, ids.Distinct().Count());
        Assert.Equal(25, ids.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", "/iam/v2/service-accounts?page_token=AAAA")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", "/iam/v2/service-accounts?page_size=101")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", "/iam/v2/service-accounts?doors=2")).Status);
    }

    [Fact]
    public async Task Role_bindings_are_listed_by_scope_and_refused_when_they_make_no_sense()
    {
        await using var gateway = await ControlHost.StartAsync();
        const string Path = "/iam/v2/role-bindings";
        var crn = ControlHost.Organization + "/environment=env-default/cloud-cluster=lkc-1/kafka=lkc-1/topic=orders-*";
        var binding = await gateway.CreateAsync(Path, new { principal = "User:pool-1", role_name = "DeveloperRead", crn_pattern = crn });

        Assert.Equal(HttpStatusCode.Conflict, (await gateway.SendAsync("POST", Path, new { principal = "User:pool-1", role_name = "DeveloperRead", crn_pattern = crn })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("POST", Path, new { principal = "User:pool-1", role_name = "Emperor", crn_pattern = crn })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("POST", Path, new { principal = "pool-1", role_name = "DeveloperRead", crn_pattern = crn })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("GET", Path)).Status);
        Assert.Equal(1, (await gateway.SendAsync("GET", $"{Path}?crn_pattern={Uri.EscapeDataString(ControlHost.Organization)}")).Body.GetProperty("data").GetArrayLength());
        Assert.Equal(2, (await gateway.SendAsync("GET", $"{Path}?crn_pattern={Uri.EscapeDataString(ControlHost.Organization + "/*")}")).Body.GetProperty("data").GetArrayLength());
        var (status, deleted) = await gateway.SendAsync("DELETE", $"{Path}/{Id(binding)}");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(crn, deleted.GetProperty("crn_pattern").GetString());
    }

    [Fact]
    public async Task Clusters_say_where_Kafka_REST_is_and_the_declared_environment_cannot_be_deleted()
    {
        await using var gateway = await ControlHost.StartAsync();

        var (_, cluster) = await gateway.SendAsync("GET", "/cmk/v2/clusters/lkc-1?environment=env-default");

        Assert.Contains("/kafka=lkc-1", cluster.GetProperty("metadata").GetProperty("resource_name").GetString(), StringComparison.Ordinal);
        Assert.Equal(gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority), cluster.GetProperty("spec").GetProperty("http_endpoint").GetString());
        Assert.Equal("Dedicated", cluster.GetProperty("spec").GetProperty("config").GetProperty("kind").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await gateway.SendAsync("DELETE", "/org/v2/environments/env-default")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync("GET", "/cmk/v2/clusters/lkc-2?environment=env-default")).Status);
    }

    [Fact]
    public async Task A_thousand_creations_at_once_all_answer_and_one_above_the_quota_is_402()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:Quotas:ServiceAccounts=1000");

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_010).Select(i => gateway.SendAsync("POST", "/iam/v2/service-accounts", new { display_name = $"a{i}" })));

        Assert.Equal(1_000, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.Equal(10, answers.Count(a => a.Status == HttpStatusCode.PaymentRequired));
        Assert.Equal(1_000, gateway.State.ServiceAccounts.Count);
    }

    // With a slash at its end, which must come back.
    private static object Okta(ControlHost gateway) => new
    {
        display_name = "Okta",
        description = "",
        issuer = "https://o.example/oauth2/default/",
        jwks_uri = gateway.Issuer.JwksUri,
        identity_claim = "",
    };

    private static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
