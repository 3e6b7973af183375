using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Sluice.Testing;

namespace Sluice.Tests.ControlPlane.Clients;

/// <summary>The requests that the Confluent CLI was seen to send after <c>confluent login --url http://HOST:PORT/confluent.cloud</c>, command by command.</summary>
public sealed class ConfluentCliTests(TerraformTests.Fixture fixture) : IClassFixture<TerraformTests.Fixture>
{
    private const string Agent = "Confluent-CLI/v4.73.0 (https://confluent.io)";

    private GatewayHost Gateway => fixture.Gateway;

    [Fact]
    public async Task Login_tells_who_one_is_and_logout_ends_it()
    {
        var anonymous = new RecordedClient(Gateway.Http, null, Agent);
        var realm = await anonymous.DoAsync("GET", $"/api/login/realm?XXX_sizecache=0&client_id=x&email={Gateway.Info.ApiKey}");
        Assert.False(realm.GetProperty("is_sso").GetBoolean());

        var login = await anonymous.SendAsync("POST", "/api/sessions", $$"""{"email":"{{Gateway.Info.ApiKey}}","password":"{{Gateway.Info.ApiSecret}}"}""");
        Assert.Equal(200, login.Status);
        var token = Text(login.Json, "token");
        Assert.Equal(3, token.Split('.').Length);
        Assert.True(new JsonWebToken(token).ValidTo > DateTime.UnixEpoch);

        var session = Session(token);
        var me = await session.DoAsync("GET", "/api/me");
        Assert.Equal("u-dev", Text(me.GetProperty("user"), "resource_id"));
        Assert.Equal("env-default", Text(me.GetProperty("accounts")[0], "id"));
        Assert.Contains($"organization={Text(me.GetProperty("organization"), "resource_id")}/", Gateway.Info.ClusterCrn, StringComparison.Ordinal);
        Assert.Equal(404, (await session.SendAsync("GET", "/api/growth/v1/free-trial-info", """{"orgId":1}""")).Status);

        await session.DoAsync("DELETE", "/api/sessions", $$"""{"idToken":"{{token}}"}""");
        Assert.Equal(401, (await session.SendAsync("GET", "/api/org/v2/environments?page_size=100")).Status);
    }

    [Theory]
    [InlineData("""{"email":"SLUICEDEVADMIN","password":"wrong"}""", 401)]
    [InlineData("""{"email":"nobody@example.com","password":"wrong"}""", 401)]
    [InlineData("""{"email":"a:b","password":"ünï"}""", 401)]
    [InlineData("""{"email":"SLUICEDEVADMIN"}""", 400)]
    [InlineData("""{"email":5,"password":{}}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    public async Task A_login_that_is_none_says_so_in_the_words_that_the_CLI_reads(string body, int status)
    {
        var answer = await new RecordedClient(Gateway.Http, null, Agent).SendAsync("POST", "/api/sessions", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status, answer.Json.GetProperty("error").GetProperty("code").GetInt32());
        Assert.NotEqual("", Text(answer.Json.GetProperty("error"), "message"));
    }

    [Fact]
    public async Task Environments_and_clusters()
    {
        var session = await LogInAsync();
        var environment = await session.DoAsync("POST", "/api/org/v2/environments", """{"display_name":"cli-env"}""");
        var listed = await session.DoAsync("GET", "/api/org/v2/environments?page_size=100");
        Assert.Contains(listed.GetProperty("data").EnumerateArray(), e => Text(e, "id") == Text(environment, "id"));
        await session.DoAsync("DELETE", $"/api/org/v2/environments/{Text(environment, "id")}");

        var clusters = await session.DoAsync("GET", "/api/cmk/v2/clusters?environment=env-default&page_size=100");
        var cluster = Assert.Single(clusters.GetProperty("data").EnumerateArray());
        Assert.Equal(Gateway.Info.ClusterId, Text(cluster, "id"));
        Assert.Equal(JsonValueKind.Object, cluster.GetProperty("status").ValueKind);
        Assert.Equal(404, (await session.SendAsync("GET", $"/api/usage_limits?env_id=env-default&lkc_id={Gateway.Info.ClusterId}&provider=aws")).Status);
    }

    [Fact]
    public async Task Providers_and_pools()
    {
        var session = await LogInAsync();
        var keys = Gateway.Info.OktaTokenUrl.Replace("/token", "/keys", StringComparison.Ordinal);
        var provider = await session.DoAsync(
            "POST", "/api/iam/v2/identity-providers",
            $$"""{"display_name":"cli","description":"d","identity_claim":"","issuer":"https://cli.example.com","jwks_uri":"{{keys}}"}""");
        var path = $"/api/iam/v2/identity-providers/{Text(provider, "id")}";
        Assert.Contains((await session.DoAsync("GET", "/api/iam/v2/identity-providers?page_size=100")).GetProperty("data").EnumerateArray(), p => Text(p, "id") == Text(provider, "id"));
        Assert.Equal("x", Text(await session.DoAsync("PATCH", path, $$"""{"id":"{{Text(provider, "id")}}","description":"x"}"""), "description"));

        var pool = await session.DoAsync(
            "POST", path + "/identity-pools?assigned_resource_owner=",
            """{"display_name":"cli-pool","description":"d","identity_claim":"claims.sub","filter":"claims.iss==\"https://my.issuer.com\""}""");
        Assert.Equal(Text(pool, "id"), Text(pool, "principal"));
        var poolPath = $"{path}/identity-pools/{Text(pool, "id")}";
        Assert.Single((await session.DoAsync("GET", path + "/identity-pools?page_size=100")).GetProperty("data").EnumerateArray());
        var changed = await session.DoAsync("PATCH", poolPath, $$"""{"id":"{{Text(pool, "id")}}","description":"y","filter":"true"}""");
        Assert.Equal("y true", $"{Text(changed, "description")} {Text(changed, "filter")}");
        await session.DoAsync("GET", poolPath);
        await session.DoAsync("DELETE", poolPath);
        await session.DoAsync("GET", path);
        await session.DoAsync("DELETE", path);
    }

    [Fact]
    public async Task Service_accounts_role_bindings_and_API_keys()
    {
        var session = await LogInAsync();
        var account = Text(await session.DoAsync("POST", "/api/iam/v2/service-accounts?assigned_resource_owner=", """{"display_name":"cli-sa","description":"d"}"""), "id");
        Assert.Contains((await session.DoAsync("GET", "/api/iam/v2/service-accounts?page_size=100")).GetProperty("data").EnumerateArray(), a => Text(a, "id") == account);

        var organization = Gateway.Info.ClusterCrn[..Gateway.Info.ClusterCrn.IndexOf("/environment", StringComparison.Ordinal)];
        await session.DoAsync("POST", "/api/iam/v2/role-bindings", $$"""{"principal":"User:{{account}}","role_name":"MetricsViewer","crn_pattern":"{{organization}}"}""");
        var bindings = await session.DoAsync("GET", $"/api/iam/v2/role-bindings?crn_pattern={organization}&page_size=100&principal=User:{account}");
        Assert.Equal("MetricsViewer", Text(Assert.Single(bindings.GetProperty("data").EnumerateArray()), "role_name"));
        Assert.Contains((await session.DoAsync("GET", "/api/iam/v2/users?page_size=100")).GetProperty("data").EnumerateArray(), u => Text(u, "id") == "u-dev");

        // No kind: the id tells.
        var kafka = await session.DoAsync(
            "POST", "/api/iam/v2/api-keys",
            $$$$"""{"spec":{"description":"","owner":{"id":"{{{{account}}}}","related":"","resource_name":""},"resource":{"id":"{{{{Gateway.Info.ClusterId}}}}","related":"","resource_name":""}}}""");
        var cloud = await session.DoAsync(
            "POST", "/api/iam/v2/api-keys",
            $$$$"""{"spec":{"description":"","owner":{"id":"{{{{account}}}}","related":"","resource_name":""},"resource":{"id":"cloud","related":"","resource_name":""}}}""");
        Assert.Equal("Cluster", Text(kafka.GetProperty("spec").GetProperty("resource"), "kind"));
        Assert.Equal("Cloud", Text(cloud.GetProperty("spec").GetProperty("resource"), "kind"));

        foreach (var path in (string[])["/api/service_accounts", "/api/users"])
        {
            Assert.Equal(404, (await session.SendAsync("GET", path)).Status);
        }

        var keys = await session.DoAsync("GET", "/api/iam/v2/api-keys?page_size=100&spec.owner=&spec.resource=");
        Assert.Contains(keys.GetProperty("data").EnumerateArray(), k => Text(k, "id") == Text(kafka, "id"));
        await session.DoAsync("DELETE", $"/api/iam/v2/service-accounts/{account}");
        Assert.Equal(404, (await session.SendAsync("GET", $"/api/iam/v2/api-keys/{Text(kafka, "id")}")).Status);
    }

    [Theory]
    [InlineData("/confluent.cloud/api/access_tokens")]
    [InlineData("/cpdev.cloud/api/access_tokens")]
    [InlineData("/api/access_tokens")]
    public async Task Kafka_commands_get_a_token_for_the_data_plane_that_is_good_there_only(string path)
    {
        var session = await LogInAsync();
        await session.DoAsync("GET", $"/api/cmk/v2/clusters/{Gateway.Info.ClusterId}?environment=env-default");
        var token = Text(await session.DoAsync("POST", path, "{}"), "token");
        var kafka = Session(token);
        var topic = $"cli-{path.Length}";

        await kafka.DoAsync("POST", $"{Gateway.Cluster}/topics", $$"""{"topic_name":"{{topic}}","configs":[],"validate_only":false}""");
        Assert.Equal(topic, Text(await kafka.DoAsync("GET", $"{Gateway.Cluster}/topics/{topic}"), "topic_name"));
        Assert.Equal(40002, (await kafka.SendAsync("POST", $"{Gateway.Cluster}/topics", $$"""{"topic_name":"{{topic}}","configs":[],"validate_only":false}""")).ErrorCode);
        Assert.Equal(40403, (await kafka.SendAsync("GET", $"{Gateway.Cluster}/topics/no-such-topic")).ErrorCode);
        await kafka.DoAsync("DELETE", $"{Gateway.Cluster}/topics/{topic}");

        Assert.Equal(401, (await kafka.SendAsync("GET", "/api/me")).Status);
        Assert.Equal(401, (await session.SendAsync("GET", $"{Gateway.Cluster}/topics")).Status);
    }

    [Fact]
    public async Task Topics_ACLs_and_consumer_groups()
    {
        var session = await LogInAsync();
        var kafka = Session(Text(await session.DoAsync("POST", "/confluent.cloud/api/access_tokens", "{}"), "token"));
        var cluster = (await session.DoAsync("GET", $"/api/cmk/v2/clusters/{Gateway.Info.ClusterId}?environment=env-default")).GetProperty("spec");
        var path = $"{Text(cluster, "http_endpoint")}/kafka/v3/clusters/{Gateway.Info.ClusterId}";

        // topic create, list, describe, update, delete
        await kafka.DoAsync("POST", path + "/topics", """{"topic_name":"cli-all","partitions_count":3,"configs":[{"name":"retention.ms","value":"1000"}],"validate_only":false}""");
        Assert.Contains((await kafka.DoAsync("GET", path + "/topics")).GetProperty("data").EnumerateArray(), t => Text(t, "topic_name") == "cli-all");
        Assert.Equal(3, (await kafka.DoAsync("GET", path + "/topics/cli-all")).GetProperty("partitions_count").GetInt32());
        await kafka.DoAsync("POST", path + "/topics/cli-all/configs:alter", """{"data":[{"name":"retention.ms","value":"2000"}],"validate_only":false}""");
        Assert.Contains((await kafka.DoAsync("GET", path + "/topics/cli-all/configs")).GetProperty("data").EnumerateArray(), c => Text(c, "name") == "retention.ms" && Text(c, "value") == "2000");
        await kafka.DoAsync("DELETE", path + "/topics/cli-all");
        Assert.Equal(40403, (await kafka.SendAsync("GET", path + "/topics/cli-all/configs")).ErrorCode);

        // acl create, list: an empty name and UserV2:* are wildcards
        await kafka.DoAsync("POST", path + "/acls", """{"resource_type":"TOPIC","resource_name":"cli-acl","pattern_type":"LITERAL","principal":"User:sa-cli","host":"*","operation":"READ","permission":"ALLOW"}""");
        var acls = await kafka.DoAsync("GET", path + "/acls?host=*&principal=UserV2:*&resource_name=");
        Assert.Contains(acls.GetProperty("data").EnumerateArray(), a => Text(a, "principal") == "User:sa-cli");
        await kafka.DoAsync("DELETE", path + "/acls?host=*&operation=READ&pattern_type=LITERAL&permission=ALLOW&principal=User:sa-cli&resource_name=cli-acl&resource_type=TOPIC");

        // consumer group list; both lag commands ask only a Dedicated cluster
        Assert.Equal(JsonValueKind.Array, (await kafka.DoAsync("GET", path + "/consumer-groups")).GetProperty("data").ValueKind);
        Assert.Equal("Dedicated", Text(cluster.GetProperty("config"), "kind"));
        foreach (var lags in (string[])["lag-summary", "lags"])
        {
            Assert.Equal(404, (await kafka.SendAsync("GET", $"{path}/consumer-groups/no-such-group/{lags}")).Status);
        }

        Assert.Equal(200, (await session.SendAsync("POST", "/api/cli/v1/usages", """{"command":"x"}""")).Status);
    }

    [Fact]
    public async Task The_on_premises_mode_logs_in_with_Basic_and_gets_a_bearer_token()
    {
        var basic = new RecordedClient(Gateway.Http, GatewayHost.Basic(Gateway.Info.ApiKey, Gateway.Info.ApiSecret), Agent);

        var login = await basic.DoAsync("GET", "/security/1.0/authenticate");

        var clusters = await Session(Text(login, "auth_token")).DoAsync("GET", "/kafka/v3/clusters");
        Assert.Equal(Gateway.Info.ClusterId, Text(clusters.GetProperty("data")[0], "cluster_id"));
        await Session(Text(login, "auth_token")).DoAsync("POST", $"{Gateway.Cluster}/topics", """{"topic_name":"on-premises","partitions_count":2,"replication_factor":1,"configs":[]}""");
        await Session(Text(login, "auth_token")).DoAsync("DELETE", $"{Gateway.Cluster}/topics/on-premises");
    }

    [Fact]
    public async Task A_key_for_one_cluster_logs_nobody_in()
    {
        var session = await LogInAsync();
        var account = Text(await session.DoAsync("POST", "/api/iam/v2/service-accounts", """{"display_name":"cli-kafka-only"}"""), "id");
        var key = await session.DoAsync("POST", "/api/iam/v2/api-keys", $$$$"""{"spec":{"owner":{"id":"{{{{account}}}}"},"resource":{"id":"{{{{Gateway.Info.ClusterId}}}}"}}}""");

        var answer = await new RecordedClient(Gateway.Http, null, Agent).SendAsync(
            "POST", "/api/sessions", $$"""{"email":"{{Text(key, "id")}}","password":"{{Text(key.GetProperty("spec"), "secret")}}"}""");

        Assert.Equal(401, answer.Status);
    }

    private async Task<RecordedClient> LogInAsync()
    {
        var login = await new RecordedClient(Gateway.Http, null, Agent).DoAsync(
            "POST", "/api/sessions", $$"""{"email":"{{Gateway.Info.ApiKey}}","password":"{{Gateway.Info.ApiSecret}}"}""");
        return Session(Text(login, "token"));
    }

    private RecordedClient Session(string token) => new(Gateway.Http, new AuthenticationHeaderValue("Bearer", token), Agent);

    private static string Text(JsonElement resource, string name) => resource.GetProperty(name).GetString()!;
}
