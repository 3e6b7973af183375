using System.Net.Http.Headers;
using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Tests.ControlPlane.Clients;

/// <summary>
/// The requests that Confluent's Terraform provider was seen to send, resource by resource: create, read, plan, update, plan, destroy. Bodies are
/// those on the wire. What the provider needs in each answer is asserted; anything else would show as a difference or a crash.
/// </summary>
public sealed class TerraformTests(TerraformTests.Fixture fixture) : IClassFixture<TerraformTests.Fixture>
{
    private GatewayHost Gateway => fixture.Gateway;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_environment(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var created = await terraform.DoAsync("POST", "/org/v2/environments", """{"display_name":"staging","stream_governance_config":{"package":"ESSENTIALS"}}""");
        var path = $"/org/v2/environments/{Id(created)}";

        foreach (var name in (string[])["staging", "Ünïcode <&> \\\"stage\\\""])
        {
            await terraform.DoAsync("PATCH", path, $$"""{"display_name":"{{name}}"}""");
            var read = await terraform.DoAsync("GET", path);
            Assert.Equal(Id(created), Id(read));
            Assert.Equal(name.Replace("\\", "", StringComparison.Ordinal), Text(read, "display_name"));
            Assert.Equal("ESSENTIALS", Text(read.GetProperty("stream_governance_config"), "package"));
            Assert.Contains($"/organization={await OrganizationAsync(terraform)}/environment=", Text(read.GetProperty("metadata"), "resource_name"), StringComparison.Ordinal);
            AssertTimes(read);
        }

        await DestroyAsync(terraform, path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_account(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var created = await terraform.DoAsync("POST", "/iam/v2/service-accounts", """{"display_name":"tf-account","description":"made by Terraform"}""");
        var path = $"/iam/v2/service-accounts/{Id(created)}";
        var read = await terraform.DoAsync("GET", path);
        Assert.Equal("tf-account made by Terraform iam/v2 ServiceAccount", $"{Text(read, "display_name")} {Text(read, "description")} {Text(read, "api_version")} {Text(read, "kind")}");
        AssertTimes(read);

        await terraform.DoAsync("PATCH", path, """{"description":"changed"}""");

        Assert.Equal("tf-account changed", $"{Text(await terraform.DoAsync("GET", path), "display_name")} {Text(await terraform.DoAsync("GET", path), "description")}");
        var found = await terraform.DoAsync("GET", "/iam/v2/service-accounts?display_name=tf-account");
        Assert.Equal(Id(created), Id(Assert.Single(found.GetProperty("data").EnumerateArray())));
        await DestroyAsync(terraform, path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_identity_provider_with_a_pool_and_a_role_binding(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var keys = Gateway.Info.OktaTokenUrl.Replace("/token", "/keys", StringComparison.Ordinal);
        var created = await terraform.DoAsync(
            "POST", "/iam/v2/identity-providers",
            $$"""{"display_name":"My OIDC","description":"d","issuer":"https://login.example.com/tenant/v2.0/","jwks_uri":"{{keys}}","identity_claim":"claims.sub"}""");
        var path = $"/iam/v2/identity-providers/{Id(created)}";
        var pool = await terraform.DoAsync(
            "POST", path + "/identity-pools",
            """{"display_name":"My Pool","description":"d","identity_claim":"claims.sub","filter":"claims.aud==\"confluent\" && claims.group!=\"invalid_group\""}""");
        var poolPath = $"{path}/identity-pools/{Id(pool)}";

        var read = await terraform.DoAsync("GET", path);
        Assert.Equal("https://login.example.com/tenant/v2.0/", Text(read, "issuer"));
        Assert.Equal(keys, Text(read, "jwks_uri"));
        Assert.Equal("claims.sub My OIDC d", $"{Text(read, "identity_claim")} {Text(read, "display_name")} {Text(read, "description")}");
        Assert.NotEmpty(read.GetProperty("keys").EnumerateArray());
        AssertTimes(read);
        var readPool = await terraform.DoAsync("GET", poolPath);
        Assert.Equal("claims.aud==\"confluent\" && claims.group!=\"invalid_group\"", Text(readPool, "filter"));
        Assert.Equal("claims.sub My Pool d", $"{Text(readPool, "identity_claim")} {Text(readPool, "display_name")} {Text(readPool, "description")}");

        await terraform.DoAsync("PATCH", path, """{"description":"new"}""");
        await terraform.DoAsync("PATCH", poolPath, """{"filter":"claims.aud=='radius-kafka-api' && 'kafkaAPIRead' in claims.scp"}""");
        Assert.Equal("new", Text(await terraform.DoAsync("GET", path), "description"));
        Assert.Equal("claims.aud=='radius-kafka-api' && 'kafkaAPIRead' in claims.scp", Text(await terraform.DoAsync("GET", poolPath), "filter"));

        var crn = Gateway.Info.ClusterCrn + "/topic=orders%20*";
        var binding = await terraform.DoAsync(
            "POST", "/iam/v2/role-bindings", $$"""{"principal":"User:{{Id(pool)}}","role_name":"DeveloperWrite","crn_pattern":"{{crn}}"}""");
        var readBinding = await terraform.DoAsync("GET", $"/iam/v2/role-bindings/{Id(binding)}");
        Assert.Equal($"User:{Id(pool)} DeveloperWrite {crn}", $"{Text(readBinding, "principal")} {Text(readBinding, "role_name")} {Text(readBinding, "crn_pattern")}");
        await DestroyAsync(terraform, $"/iam/v2/role-bindings/{Id(binding)}");
        await DestroyAsync(terraform, poolPath);
        await DestroyAsync(terraform, path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_API_key_for_the_cluster_and_one_for_the_cloud(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var account = Id(await terraform.DoAsync("POST", "/iam/v2/service-accounts", """{"display_name":"tf-keys"}"""));
        await terraform.DoAsync(
            "POST", "/iam/v2/role-bindings",
            $$"""{"principal":"User:{{account}}","role_name":"OrganizationAdmin","crn_pattern":"crn://confluent.cloud/organization={{await OrganizationAsync(terraform)}}"}""");
        var owner = $$"""{"id":"{{account}}","kind":"ServiceAccount","related":"","resource_name":""}""";

        // Kafka: the probe reads the cluster, then lists topics with the new key, twice.
        var cluster = Gateway.Info.ClusterId;
        var kafka = await terraform.DoAsync(
            "POST", "/iam/v2/api-keys",
            $$$$"""{"spec":{"display_name":"k","description":"d","owner":{{{{owner}}}},"resource":{"id":"{{{{cluster}}}}","kind":"Cluster","related":"","resource_name":""}}}""");
        var spec = kafka.GetProperty("spec");
        Assert.Equal("Cluster cmk/v2", $"{Text(spec.GetProperty("resource"), "kind")} {Text(spec.GetProperty("resource"), "api_version")}");
        var read = await terraform.DoAsync("GET", $"/cmk/v2/clusters/{cluster}?environment=env-default");
        var endpoint = Text(read.GetProperty("spec"), "http_endpoint");
        var probe = RecordedClient.Terraform(Gateway, Id(kafka), Text(spec, "secret"));
        await probe.DoAsync("GET", $"{endpoint}/kafka/v3/clusters/{cluster}/topics");
        await probe.DoAsync("GET", $"{endpoint}/kafka/v3/clusters/{cluster}/topics");
        await CheckKeyAsync(terraform, Id(kafka), account, cluster, "Cluster", "cmk/v2");

        // Cloud: the probe lists environments with the new key.
        var cloud = await terraform.DoAsync("POST", "/iam/v2/api-keys", $$$$"""{"spec":{"display_name":"c","description":"","owner":{{{{owner}}}}}}""");
        probe = RecordedClient.Terraform(Gateway, Id(cloud), Text(cloud.GetProperty("spec"), "secret"));
        await probe.DoAsync("GET", "/org/v2/environments");
        await CheckKeyAsync(terraform, Id(cloud), account, "cloud", "Cloud", null);

        foreach (var id in (string[])[Id(kafka), Id(cloud)])
        {
            await terraform.DoAsync("PATCH", $"/iam/v2/api-keys/{id}", """{"spec":{"display_name":"renamed"}}""");
            Assert.Equal("renamed", Text((await terraform.DoAsync("GET", $"/iam/v2/api-keys/{id}")).GetProperty("spec"), "display_name"));
            await DestroyAsync(terraform, $"/iam/v2/api-keys/{id}");
        }

        // In the probe 401 means "not yet", 404 fails at once: a deleted key is the former.
        Assert.Equal(401, (await probe.SendAsync("GET", $"/kafka/v3/clusters/{cluster}/topics")).Status);
        await DestroyAsync(terraform, $"/iam/v2/service-accounts/{account}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_topic(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var topics = Gateway.Cluster + "/topics";
        await terraform.DoAsync("POST", topics, """{"topic_name":"tf-topic","partitions_count":4,"configs":[]}""");

        var read = await terraform.DoAsync("GET", topics + "/tf-topic");
        Assert.Equal("tf-topic", Text(read, "topic_name"));
        Assert.Equal(4, read.GetProperty("partitions_count").GetInt32());

        // Configs: only what was set has this source, and values come back as they were sent.
        await terraform.DoAsync("POST", topics + "/tf-topic/configs:alter", """{"data":[{"name":"retention.ms","value":"86400000"},{"name":"cleanup.policy","value":"compact"}]}""");
        Assert.Equal(["cleanup.policy=compact", "retention.ms=86400000"], await SetConfigsAsync());
        await terraform.DoAsync("POST", topics + "/tf-topic/configs:alter", """{"data":[{"name":"retention.ms","operation":"DELETE"}]}""");
        Assert.Equal(["cleanup.policy=compact"], await SetConfigsAsync());
        await terraform.DoAsync("PATCH", topics + "/tf-topic", """{"partitions_count":6}""");
        Assert.Equal(6, (await terraform.DoAsync("GET", topics + "/tf-topic")).GetProperty("partitions_count").GetInt32());

        await terraform.DoAsync("DELETE", topics + "/tf-topic");
        Assert.Equal(404, (await terraform.SendAsync("GET", topics + "/tf-topic")).Status);

        async Task<IEnumerable<string>> SetConfigsAsync() => (await terraform.DoAsync("GET", topics + "/tf-topic/configs")).GetProperty("data").EnumerateArray()
            .Where(c => Text(c, "source") == "DYNAMIC_TOPIC_CONFIG").Select(c => $"{Text(c, "name")}={Text(c, "value")}").Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_ACL(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var acls = Gateway.Cluster + "/acls";
        await terraform.DoAsync(
            "POST", acls,
            """{"resource_type":"TOPIC","resource_name":"tf-acl","pattern_type":"LITERAL","principal":"User:sa-1","host":"*","operation":"READ","permission":"ALLOW"}""");
        var query = acls + "?host=%2A&operation=READ&pattern_type=LITERAL&permission=ALLOW&principal=User%3Asa-1&resource_name=tf-acl&resource_type=TOPIC";

        var found = Assert.Single((await terraform.DoAsync("GET", query)).GetProperty("data").EnumerateArray());
        Assert.Equal("TOPIC tf-acl LITERAL * READ ALLOW", string.Join(' ', ((string[])["resource_type", "resource_name", "pattern_type", "host", "operation", "permission"]).Select(n => Text(found, n))));
        await terraform.DoAsync("DELETE", query);
        Assert.Empty((await terraform.DoAsync("GET", query)).GetProperty("data").EnumerateArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cluster_configs(bool oauth)
    {
        var terraform = await ClientAsync(oauth);
        var configs = Gateway.Cluster + "/broker-configs";
        foreach (var value in (string[])["604800123", "604800124"])
        {
            await terraform.DoAsync("POST", configs + ":alter", $$"""{"data":[{"name":"log.retention.ms","value":"{{value}}"}]}""");
            var set = Assert.Single((await terraform.DoAsync("GET", configs)).GetProperty("data").EnumerateArray());
            Assert.Equal($"log.retention.ms={value}", $"{Text(set, "name")}={Text(set, "value")}");
        }
    }

    [Theory]
    [InlineData("/org/v2/environments?page_size=99")]
    [InlineData("/cmk/v2/clusters?environment=env-default&page_size=99")]
    [InlineData("/iam/v2/identity-providers?page_size=99")]
    [InlineData("/iam/v2/identity-providers/op-dev/identity-pools?page_size=99")]
    [InlineData("/iam/v2/users?page_size=100")]
    [InlineData("/iam/v2/service-accounts?display_name=nobody")]
    public async Task Data_sources_read_lists_to_their_end(string path)
    {
        var terraform = Administrator();
        for (var pages = 0; path.Length > 0; pages++)
        {
            Assert.True(pages < 10);
            var page = await terraform.DoAsync("GET", path);
            Assert.Equal(JsonValueKind.Array, page.GetProperty("data").ValueKind);
            path = page.GetProperty("metadata").TryGetProperty("next", out var next) ? next.GetString()! : "";
        }
    }

    [Fact]
    public async Task The_cluster_as_a_data_source_has_what_the_provider_cuts_out_of_it()
    {
        var cluster = await Administrator().DoAsync("GET", $"/cmk/v2/clusters/{Gateway.Info.ClusterId}?environment=env-default");

        Assert.Equal("Dedicated", Text(cluster.GetProperty("spec").GetProperty("config"), "kind"));
        Assert.EndsWith($"/kafka={Gateway.Info.ClusterId}", Text(cluster.GetProperty("metadata"), "resource_name"), StringComparison.Ordinal);
        Assert.Equal(Gateway.Info.Url, Text(cluster.GetProperty("spec"), "http_endpoint"));
        Assert.Equal("PROVISIONED cmk/v2 Cluster", $"{Text(cluster.GetProperty("status"), "phase")} {Text(cluster, "api_version")} {Text(cluster, "kind")}");
    }

    [Fact]
    public async Task A_cluster_as_a_resource_is_refused_with_the_way_out_in_the_one_place_that_the_provider_shows()
    {
        var terraform = Administrator();
        var cluster = $"/cmk/v2/clusters/{Gateway.Info.ClusterId}";

        foreach (var (method, path) in ((string, string)[])[("POST", "/cmk/v2/clusters"), ("PATCH", cluster), ("DELETE", cluster + "?environment=env-default")])
        {
            var refused = await terraform.SendAsync(method, path, method == "DELETE" ? null : """{"spec":{"display_name":"c","availability":"SINGLE_ZONE","cloud":"AWS","region":"eu-west-1","config":{"kind":"Basic"},"environment":{"id":"env-default"}}}""");
            Assert.Equal(403, refused.Status);
            Assert.Contains("data source", Text(refused.Json.GetProperty("errors")[0], "detail"), StringComparison.Ordinal);
        }

        Assert.Equal(404, (await terraform.SendAsync("DELETE", "/cmk/v2/clusters/lkc-unknown?environment=env-default")).Status);
    }

    [Fact]
    public async Task A_cloud_key_whose_owner_has_no_role_passes_the_probe_and_sees_only_what_its_roles_are_in()
    {
        var terraform = Administrator();
        var account = Id(await terraform.DoAsync("POST", "/iam/v2/service-accounts", """{"display_name":"tf-no-role"}"""));
        var other = Id(await terraform.DoAsync("POST", "/org/v2/environments", """{"display_name":"other"}"""));
        var key = await terraform.DoAsync("POST", "/iam/v2/api-keys", $$$$"""{"spec":{"display_name":"k","description":"","owner":{"id":"{{{{account}}}}","kind":"ServiceAccount","related":"","resource_name":""}}}""");
        var probe = RecordedClient.Terraform(Gateway, Id(key), Text(key.GetProperty("spec"), "secret"));

        Assert.Empty(await SeenAsync());
        var binding = await BindAsync(Gateway.Info.ClusterCrn, "CloudClusterAdmin");
        Assert.Equal(["env-default"], await SeenAsync());
        await DestroyAsync(terraform, $"/iam/v2/role-bindings/{Id(binding)}");
        await BindAsync($"crn://confluent.cloud/organization={await OrganizationAsync(terraform)}/environment={other}", "EnvironmentAdmin");
        Assert.Equal([other], await SeenAsync());
        Assert.Equal(other, Id(await probe.DoAsync("GET", $"/org/v2/environments/{other}")));
        Assert.Equal(404, (await probe.SendAsync("GET", "/org/v2/environments/env-default")).Status);
        await BindAsync($"crn://confluent.cloud/organization={await OrganizationAsync(terraform)}", "MetricsViewer");
        Assert.Contains("env-default", await SeenAsync());

        await DestroyAsync(terraform, $"/iam/v2/service-accounts/{account}");
        await DestroyAsync(terraform, $"/org/v2/environments/{other}");

        async Task<IEnumerable<string>> SeenAsync() => (await probe.DoAsync("GET", "/org/v2/environments")).GetProperty("data").EnumerateArray().Select(Id);

        Task<JsonElement> BindAsync(string crn, string role) => terraform.DoAsync("POST", "/iam/v2/role-bindings", $$"""{"principal":"User:{{account}}","role_name":"{{role}}","crn_pattern":"{{crn}}"}""");
    }

    [Fact]
    public async Task An_administrator_of_one_cluster_applies_and_destroys_with_a_key_of_its_own()
    {
        var terraform = Administrator();
        var account = Id(await terraform.DoAsync("POST", "/iam/v2/service-accounts", """{"display_name":"tf-cluster-admin"}"""));
        await terraform.DoAsync("POST", "/iam/v2/role-bindings", $$"""{"principal":"User:{{account}}","role_name":"CloudClusterAdmin","crn_pattern":"{{Gateway.Info.ClusterCrn}}"}""");
        var key = await terraform.DoAsync("POST", "/iam/v2/api-keys", $$$$"""{"spec":{"owner":{"id":"{{{{account}}}}"}}}""");
        var own = RecordedClient.Terraform(Gateway, Id(key), Text(key.GetProperty("spec"), "secret"));

        // Data sources: the environment, the cluster, the organization out of the environments.
        Assert.Contains($"/organization={await OrganizationAsync(own)}/", Gateway.Info.ClusterCrn, StringComparison.Ordinal);
        await own.DoAsync("GET", "/org/v2/environments/env-default");
        await own.DoAsync("GET", "/org/v2/environments?page_size=99");
        Assert.Equal(Gateway.Info.ClusterCrn, Text((await own.DoAsync("GET", $"/cmk/v2/clusters/{Gateway.Info.ClusterId}?environment=env-default")).GetProperty("metadata"), "resource_name"));

        var binding = await own.DoAsync("POST", "/iam/v2/role-bindings", $$"""{"principal":"User:pool-x","role_name":"DeveloperWrite","crn_pattern":"{{Gateway.Info.ClusterCrn}}/topic=orders-*"}""");
        Assert.Equal("DeveloperWrite", Text(await own.DoAsync("GET", $"/iam/v2/role-bindings/{Id(binding)}"), "role_name"));
        await DestroyAsync(own, $"/iam/v2/role-bindings/{Id(binding)}");
        var refused = await own.SendAsync("POST", "/iam/v2/role-bindings", $$"""{"principal":"User:{{account}}","role_name":"EnvironmentAdmin","crn_pattern":"crn://confluent.cloud/organization={{await OrganizationAsync(own)}}/environment=env-default"}""");
        Assert.Equal(403, refused.Status);
        Assert.Contains("It needs the role OrganizationAdmin at crn://", Text(refused.Json.GetProperty("errors")[0], "detail"), StringComparison.Ordinal);
        Assert.Equal(401, (await own.SendAsync("GET", "/iam/v2/identity-providers?page_size=99")).Status);
        await DestroyAsync(terraform, $"/iam/v2/service-accounts/{account}");
    }

    [Fact]
    public async Task What_is_gone_is_404_and_what_is_forbidden_is_never_403_on_a_read()
    {
        var terraform = Administrator();
        var account = Id(await terraform.DoAsync("POST", "/iam/v2/service-accounts", """{"display_name":"tf-nobody"}"""));
        var key = await terraform.DoAsync("POST", "/iam/v2/api-keys", $$$$"""{"spec":{"owner":{"id":"{{{{account}}}}"}}}""");
        var nobody = RecordedClient.Terraform(Gateway, Id(key), Text(key.GetProperty("spec"), "secret"));
        var wrong = RecordedClient.Terraform(Gateway, Gateway.Info.ApiKey, "wrong");

        foreach (var path in (string[])["/org/v2/environments/env-x", "/iam/v2/service-accounts/sa-x", "/iam/v2/identity-providers/op-x", "/iam/v2/identity-providers/op-dev/identity-pools/pool-x", "/iam/v2/role-bindings/rb-x", "/iam/v2/api-keys/X", "/cmk/v2/clusters/lkc-x?environment=env-default", "/iam/v2/users/u-x", "/org/v2/organizations/x"])
        {
            var missing = await terraform.SendAsync("GET", path);
            Assert.Equal(404, missing.Status);
            Assert.NotEqual("", Text(missing.Json.GetProperty("errors")[0], "detail"));
            Assert.Equal(401, (await nobody.SendAsync("GET", path)).Status);
            Assert.Equal(401, (await wrong.SendAsync("GET", path)).Status);
        }
    }

    [Fact]
    public async Task Oauth_external_token_exchange_both_planes()
    {
        var (external, token) = await SignInAsync();

        // The control plane with the exchanged token, without pool header; every kind of resource of the file.
        var control = new RecordedClient(Gateway.Http, new AuthenticationHeaderValue("Bearer", token), RecordedClient.TerraformAgent);
        var environment = Id(await control.DoAsync("POST", "/org/v2/environments", """{"display_name":"by-oauth"}"""));
        var account = Id(await control.DoAsync("POST", "/iam/v2/service-accounts", """{"display_name":"by-oauth"}"""));
        Assert.Equal("by-oauth", Text(await control.DoAsync("GET", $"/org/v2/environments/{environment}"), "display_name"));
        await control.DoAsync("PATCH", $"/iam/v2/service-accounts/{account}", """{"description":"x"}""");
        await DestroyAsync(control, $"/iam/v2/service-accounts/{account}");
        await DestroyAsync(control, $"/org/v2/environments/{environment}");

        // Kafka REST with the external token and the pool header.
        var data = new RecordedClient(Gateway.Http, new AuthenticationHeaderValue("Bearer", external), RecordedClient.TerraformAgent);
        var topics = Gateway.Cluster + "/topics";
        (string, string) pool = ("Confluent-Identity-Pool-Id", Gateway.Info.PoolId);
        Assert.Equal(201, (await data.SendAsync("POST", topics, """{"topic_name":"by-oauth","partitions_count":6,"configs":[]}""", pool)).Status);
        Assert.Equal(200, (await data.SendAsync("GET", topics + "/by-oauth", null, pool)).Status);
        Assert.Equal(204, (await data.SendAsync("DELETE", topics + "/by-oauth", null, pool)).Status);

        // The exchanged token is the pool on the data plane too, and only that pool.
        Assert.Equal(200, (await control.SendAsync("GET", topics)).Status);
        Assert.Equal(200, (await control.SendAsync("GET", topics, null, pool)).Status);
        Assert.Equal(403, (await control.SendAsync("GET", topics, null, ("Confluent-Identity-Pool-Id", "pool-other"))).Status);
    }

    [Fact]
    public async Task A_burst_of_refreshes_reads_what_was_just_written()
    {
        var terraform = Administrator();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var created = await terraform.DoAsync("POST", "/iam/v2/service-accounts", $$"""{"display_name":"burst-{{i}}"}""");
            var path = $"/iam/v2/service-accounts/{Id(created)}";
            Assert.Equal($"burst-{i}", Text(await terraform.DoAsync("GET", path), "display_name"));
            await DestroyAsync(terraform, path);
        }));
    }

    private RecordedClient Administrator() => RecordedClient.Terraform(Gateway, Gateway.Info.ApiKey, Gateway.Info.ApiSecret);

    /// <summary>With the Cloud API key, or as the <c>oauth {}</c> block has it: another token on each plane.</summary>
    private async Task<RecordedClient> ClientAsync(bool oauth)
    {
        if (!oauth)
        {
            return Administrator();
        }

        var (external, exchanged) = await SignInAsync();
        return new(Gateway.Http, new AuthenticationHeaderValue("Bearer", exchanged), RecordedClient.TerraformAgent) { Kafka = (external, Gateway.Info.PoolId) };
    }

    // What the provider does at each start: 1. the external token, secret in the body; 2. the exchange, without Authorization.
    private async Task<(string External, string Exchanged)> SignInAsync()
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", Gateway.Info.ClientId), new("client_secret", Gateway.Info.ClientSecret), new("scope", Gateway.Info.Scope),
        ]);
        using var first = await Gateway.Http.PostAsync(Gateway.Info.OktaTokenUrl, form, TestContext.Current.CancellationToken);
        var external = await Answer.FromAsync(first);
        Assert.Equal(200, external.Status);
        Assert.Equal(JsonValueKind.Number, external.Json.GetProperty("expires_in").ValueKind);

        using var exchange = new FormUrlEncodedContent(
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("identity_pool_id", Gateway.Info.PoolId),
            new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"), new("subject_token", Text(external.Json, "access_token")),
            new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"), new("expires_in", "900"),
        ]);
        using var second = await Gateway.Http.PostAsync("/sts/v1/oauth2/token", exchange, TestContext.Current.CancellationToken);
        var sts = await Answer.FromAsync(second);
        Assert.Equal(200, sts.Status);
        Assert.Equal(JsonValueKind.Number, sts.Json.GetProperty("expires_in").ValueKind);
        return (Text(external.Json, "access_token"), Text(sts.Json, "access_token"));
    }

    private static async Task CheckKeyAsync(RecordedClient terraform, string id, string owner, string resource, string kind, string? version)
    {
        var spec = (await terraform.DoAsync("GET", $"/iam/v2/api-keys/{id}")).GetProperty("spec");
        Assert.Equal($"{owner} ServiceAccount iam/v2", $"{Text(spec.GetProperty("owner"), "id")} {Text(spec.GetProperty("owner"), "kind")} {Text(spec.GetProperty("owner"), "api_version")}");
        Assert.Equal($"{resource} {kind}", $"{Text(spec.GetProperty("resource"), "id")} {Text(spec.GetProperty("resource"), "kind")}");
        Assert.True(version is null || Text(spec.GetProperty("resource"), "api_version") == version);
        Assert.False(spec.TryGetProperty("secret", out _));
    }

    private static async Task DestroyAsync(RecordedClient terraform, string path)
    {
        await terraform.DoAsync("DELETE", path);
        Assert.Equal(404, (await terraform.SendAsync("GET", path)).Status);
        Assert.Equal(404, (await terraform.SendAsync("DELETE", path)).Status);
    }

    private static async Task<string> OrganizationAsync(RecordedClient terraform)
    {
        var name = Text((await terraform.DoAsync("GET", "/org/v2/environments")).GetProperty("data")[0].GetProperty("metadata"), "resource_name");
        return name.Split("organization=")[1].Split('/')[0];
    }

    private static void AssertTimes(JsonElement resource) => Assert.All(
        (string[])["created_at", "updated_at"],
        name => Assert.Matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", Text(resource.GetProperty("metadata"), name)));

    private static string Id(JsonElement resource) => Text(resource, "id");

    private static string Text(JsonElement resource, string name) => resource.GetProperty(name).GetString()!;

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync();

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }
}
