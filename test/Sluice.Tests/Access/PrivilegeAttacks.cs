using System.Text;
using System.Text.Json;
using Sluice.Dev.Demo;
using Sluice.Testing;
using Sluice.Tests.Identity;

namespace Sluice.Tests.Access;

/// <summary>Attacks 94 to 103 of docs/identity/attacks.md, and those parts of others that are about rights; over HTTP.</summary>
public sealed class PrivilegeAttacks(IssuerGatewayFixture fixture) : IClassFixture<IssuerGatewayFixture>
{
    private readonly IssuerGateway _host = fixture.Host;

    private string Cluster => _host.Gateway.Cluster;

    [Fact]
    public async Task A_new_pool_may_do_nothing()
    {
        var nobody = await PoolCaller.CreateAsync(_host);
        await _host.Gateway.CreateTopicAsync("nobodys");

        Assert.Empty(await nobody.TopicsAsync());
        AssertRefused(await nobody.SendAsync("POST", "/topics", """{"topic_name":"nobodys-own"}"""));
        AssertRefused(await nobody.SendAsync("GET", "/topics/nobodys"));
        Assert.Equal(40301, await nobody.ProduceAsync("nobodys"));
        Assert.Empty((await nobody.SendToAsync("GET", "/kafka/v3/clusters")).Json.GetProperty("data").EnumerateArray());
        Assert.Equal(200, (await nobody.SendAsync("GET", "")).Status);
    }

    [Fact]
    public async Task Attack_65_a_DENY_for_one_of_two_matching_pools_beats_the_ALLOW_of_the_other()
    {
        var topic = await TopicAsync();
        var writer = await PoolCaller.CreateAsync(_host, ("DeveloperWrite", $"/topic={topic}"));
        var second = await _host.CreatePoolAsync("has(claims.sub)");
        var both = $"{writer.Pool},{second}";

        Assert.Equal(200, Code(await writer.SendToAsync("POST", $"{Cluster}/topics/{topic}/records", "{}", pools: both)));
        await PoolCaller.AclAsync(_host, $"User:{second}", "DENY", "WRITE", topic);

        Assert.Equal(40301, Code(await writer.SendToAsync("POST", $"{Cluster}/topics/{topic}/records", "{}", pools: both)));
        Assert.Equal(200, Code(await writer.SendToAsync("POST", $"{Cluster}/topics/{topic}/records", "{}", pools: writer.Pool)));
    }

    [Fact]
    public async Task Attack_65_two_pools_have_the_rights_of_both_and_one_has_its_own()
    {
        var topic = await TopicAsync();
        var reader = await PoolCaller.CreateAsync(_host, ("DeveloperRead", $"/topic={topic}"));
        var manager = await _host.CreatePoolAsync("has(claims.sub)");
        await _host.GrantAsync(manager, "DeveloperManage", $"/topic={topic}-*");

        foreach (var (pools, read, made) in new[] { (reader.Pool, 200, 403), (manager, 403, 201), ($"{reader.Pool}, {manager}", 200, 201) })
        {
            Assert.Equal(read, (await reader.SendToAsync("GET", $"{Cluster}/topics/{topic}", pools: pools)).Status);
            Assert.Equal(made, (await reader.SendToAsync("POST", $"{Cluster}/topics", $$"""{"topic_name":"{{topic}}-{{Guid.NewGuid():N}}"}""", pools: pools)).Status);
        }
    }

    [Fact]
    public async Task Attack_80_a_forwarded_address_passes_no_ACL_with_a_host()
    {
        var topic = await TopicAsync();
        var caller = await PoolCaller.CreateAsync(_host);
        await caller.AclAsync("ALLOW", "DESCRIBE", topic, address: "203.0.113.7");

        using var spoofed = new HttpRequestMessage(HttpMethod.Get, $"{Cluster}/topics/{topic}");
        spoofed.Headers.TryAddWithoutValidation("Authorization", $"Bearer {caller.Token}");
        spoofed.Headers.TryAddWithoutValidation("Confluent-Identity-Pool-Id", caller.Pool);
        spoofed.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.7");
        spoofed.Headers.TryAddWithoutValidation("Forwarded", "for=203.0.113.7");
        AssertRefused(await _host.Gateway.SendAsync(spoofed));

        await caller.AclAsync("ALLOW", "DESCRIBE", topic, address: "127.0.0.1");
        Assert.Equal(200, (await caller.SendAsync("GET", $"/topics/{topic}")).Status);
    }

    [Theory]
    [InlineData("{0}/topics/%6Frders-attack-81/../secret-attack-81")]
    [InlineData("{0}/topics/orders-attack-81/%2e%2e/secret-attack-81")]
    [InlineData("{0}/topics/orders-attack-81%2F..%2Fsecret-attack-81")]
    [InlineData("{0}/topics/secret-attack-81;orders-attack-81")]
    [InlineData("{0}/topics/%73ecret-attack-81")]
    [InlineData("{0}/topics/%2573ecret-attack-81")]
    [InlineData("{0}//topics/secret-attack-81")]
    public async Task Attack_81_what_is_decided_about_is_the_name_that_is_used(string path)
    {
        await _host.Gateway.PostAsync($"{Cluster}/topics", """{"topic_name":"secret-attack-81"}""");
        var caller = await PoolCaller.CreateAsync(_host, ("DeveloperRead", "/topic=orders-*"));

        var answer = await RawHttp.GetAsync(
            _host.Gateway.Info.Url, path.Replace("{0}", Cluster, StringComparison.Ordinal), $"Authorization: Bearer {caller.Token}", $"Confluent-Identity-Pool-Id: {caller.Pool}");

        Assert.True(answer.Status is 400 or 403 or 404, answer.Text);
        Assert.DoesNotContain("KafkaTopic\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_85_each_record_of_an_open_stream_is_authorised()
    {
        var topic = await TopicAsync();
        var caller = await PoolCaller.CreateAsync(_host);
        var binding = await caller.GrantAsync("DeveloperWrite", $"/topic={topic}");
        var cancellation = TestContext.Current.CancellationToken;
        await using var stream = await RecordStreamClient.OpenAsync(
            new Uri($"{_host.Gateway.Info.Url}{Cluster}/topics/{topic}/records"), [$"Authorization: Bearer {caller.Token}", $"Confluent-Identity-Pool-Id: {caller.Pool}"], cancellation);
        await using var reports = stream.ReadReportsAsync(cancellation).GetAsyncEnumerator(cancellation);
        var record = Encoding.UTF8.GetBytes("""{"value":{"type":"STRING","data":"x"}}""");

        Assert.Equal(200, await CodeAsync());
        await _host.AdministerAsync(HttpMethod.Delete, $"/iam/v2/role-bindings/{binding}");
        Assert.Equal(40301, await CodeAsync());
        await caller.AclAsync("ALLOW", "WRITE", topic);
        Assert.Equal(200, await CodeAsync());
        await PoolCaller.AclAsync(_host, "User:*", "DENY", "WRITE", topic);
        Assert.Equal(40301, await CodeAsync());

        async Task<int> CodeAsync()
        {
            await stream.SendAsync(record, cancellation);
            Assert.True(await reports.MoveNextAsync());
            using var report = JsonDocument.Parse(reports.Current);
            return report.RootElement.GetProperty("error_code").GetInt32();
        }
    }

    [Fact]
    public async Task Attack_94_a_reader_reads_and_does_nothing_else()
    {
        var topic = await TopicAsync();
        var reader = await PoolCaller.CreateAsync(_host, ("DeveloperRead", $"/topic={topic}"));

        Assert.Equal(200, (await reader.SendAsync("GET", $"/topics/{topic}")).Status);
        Assert.Equal([topic], await reader.TopicsAsync());
        Assert.Equal(40301, await reader.ProduceAsync(topic));
        AssertRefused(await reader.SendAsync("POST", "/topics", $$"""{"topic_name":"{{topic}}"}"""));
        AssertRefused(await reader.SendAsync("POST", "/topics", $$"""{"topic_name":"{{topic}}-2","validate_only":true}"""));
        AssertRefused(await reader.SendAsync("DELETE", $"/topics/{topic}"));
        AssertRefused(await reader.SendAsync("PATCH", $"/topics/{topic}", """{"partitions_count":9}"""));
        AssertRefused(await reader.SendAsync("GET", $"/topics/{topic}/configs"));
        AssertRefused(await reader.SendAsync("PUT", $"/topics/{topic}/configs/retention.ms", """{"value":"1"}"""));
        AssertRefused(await reader.SendAsync("DELETE", $"/topics/{topic}/configs/retention.ms"));
        AssertRefused(await reader.SendAsync("POST", $"/topics/{topic}/configs:alter", """{"data":[{"name":"retention.ms","value":"1"}]}"""));
        AssertRefused(await reader.SendAsync("POST", "/topics/-/configs:alter", $$"""{"data":[{"topic_name":"{{topic}}","configs":[{"name":"retention.ms","value":"1"}]}]}"""));
        AssertRefused(await reader.SendAsync("GET", "/acls"));
        AssertRefused(await reader.SendAsync("GET", "/broker-configs"));

        var batch = await reader.SendAsync("POST", $"/topics/{topic}/records:batch", """{"entries":[{"id":"1","value":{"type":"STRING","data":"v"}}]}""");
        Assert.Equal((207, 40301), (batch.Status, batch.Json.GetProperty("failures")[0].GetProperty("error_code").GetInt32()));
    }

    [Theory]
    [InlineData("orders", false)]
    [InlineData("orders-", true)]
    [InlineData("orders-1", true)]
    [InlineData("Orders-1", false)]
    [InlineData("my-orders-1", false)]
    public async Task Attack_95_a_prefix_is_a_prefix(string suffix, bool reaches)
    {
        var mark = $"a{Guid.NewGuid():N}"[..8];
        var (name, pattern) = suffix.StartsWith("my-", StringComparison.Ordinal) ? ($"my-{mark}{suffix[3..]}", $"{mark}orders-") : ($"{mark}{suffix}", $"{mark}orders-");
        await _host.Gateway.CreateTopicAsync(name);
        var byRole = await PoolCaller.CreateAsync(_host, ("DeveloperRead", $"/topic={pattern}*"));
        var byAcl = await PoolCaller.CreateAsync(_host);
        await byAcl.AclAsync("ALLOW", "READ", pattern, "PREFIXED");

        foreach (var caller in (PoolCaller[])[byRole, byAcl])
        {
            Assert.Equal(reaches ? 200 : 403, (await caller.SendAsync("GET", $"/topics/{name}")).Status);
            Assert.Equal(reaches ? [name] : [], await caller.TopicsAsync());
        }
    }

    [Fact]
    public async Task Attack_96_a_name_that_looks_like_a_pattern_is_a_name()
    {
        // Topics cannot have stars in their names; groups can.
        await _host.Gateway.CreateTopicAsync("star-96");
        var literal = await PoolCaller.CreateAsync(_host, ("DeveloperRead", "/group=readers-%2A"));
        var starPrefix = await PoolCaller.CreateAsync(_host);
        await starPrefix.AclAsync("ALLOW", "READ", "*", "PREFIXED");
        await starPrefix.AclAsync("ALLOW", "READ", "*", "PREFIXED", type: "GROUP");

        AssertRefused(await literal.SendAsync("GET", "/consumer-groups/readers-1"));
        Assert.Equal(404, (await literal.SendAsync("GET", "/consumer-groups/readers-%2A")).Status);
        AssertRefused(await starPrefix.SendAsync("GET", "/topics/star-96"));
        AssertRefused(await starPrefix.SendAsync("GET", "/consumer-groups/readers"));
        Assert.Equal(404, (await starPrefix.SendAsync("GET", "/consumer-groups/%2Areaders")).Status);
    }

    [Fact]
    public async Task Attack_98_an_operator_sees_that_there_are_topics_and_settings_and_touches_nothing()
    {
        var topic = await TopicAsync();
        var op = await PoolCaller.CreateAsync(_host, ("Operator", ""));

        Assert.Equal(200, (await op.SendAsync("GET", $"/topics/{topic}")).Status);
        Assert.Equal(200, (await op.SendAsync("GET", $"/topics/{topic}/configs")).Status);
        Assert.Equal(200, (await op.SendAsync("GET", "/acls")).Status);
        Assert.Equal(200, (await op.SendAsync("GET", "/broker-configs")).Status);
        Assert.Equal(40301, await op.ProduceAsync(topic));
        AssertRefused(await op.SendAsync("PUT", $"/topics/{topic}/configs/retention.ms", """{"value":"1"}"""));
        AssertRefused(await op.SendAsync("DELETE", $"/topics/{topic}"));

        // Records can be read through no endpoint yet; the right that reading asks for is what decides.
        var explained = await ExplainAsync(op, "READ", topic);
        Assert.Equal("DENY", explained.GetProperty("decision").GetString());
    }

    [Fact]
    public async Task Attack_99_ACLs_are_made_and_removed_by_those_with_ALTER_on_the_cluster_alone()
    {
        const string Acl = """{"resource_type":"TOPIC","resource_name":"*","pattern_type":"LITERAL","principal":"User:attack-99","host":"*","operation":"ALL","permission":"ALLOW"}""";
        const string Filter = "?resource_type=ANY&pattern_type=ANY&operation=ANY&permission=ANY&principal=User:attack-99";
        var owner = await PoolCaller.CreateAsync(_host, ("ResourceOwner", "/topic=*"), ("DeveloperManage", ""), ("Operator", ""));

        AssertRefused(await owner.SendAsync("POST", "/acls", Acl));
        AssertRefused(await owner.SendAsync("POST", "/acls:batch", $$"""{"data":[{{Acl}}]}"""));
        AssertRefused(await owner.SendAsync("DELETE", "/acls" + Filter));

        await owner.AclAsync("ALLOW", "ALTER", "kafka-cluster", type: "CLUSTER");
        Assert.Equal(201, (await owner.SendAsync("POST", "/acls", Acl)).Status);
        Assert.Single((await owner.SendAsync("DELETE", "/acls" + Filter)).Json.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Attack_100_nothing_tells_whether_there_is_what_the_caller_may_not_describe()
    {
        var topic = await TopicAsync();
        await _host.Gateway.CreateTopicAsync($"{topic}-hidden");
        var reader = await PoolCaller.CreateAsync(_host, ("DeveloperRead", $"/topic={topic}"), ("DeveloperRead", "/group=mine"));

        foreach (var path in (string[])
                 ["/topics", "/topics?includeAuthorizedOperations=true", "/topics/-/configs", "/brokers/1/partition-replicas", "/consumer-groups", "/share-groups", "/streams-groups"])
        {
            var answer = await reader.SendAsync("GET", path);
            Assert.True(answer.Status is 200 or 404, answer.Body);
            Assert.DoesNotContain("hidden", answer.Body, StringComparison.Ordinal);
        }

        foreach (var (method, path, body) in new (string, string, string?)[]
        {
            ("GET", "/topics/{0}", null), ("GET", "/topics/{0}/partitions", null), ("GET", "/topics/{0}/partitions/0", null), ("GET", "/topics/{0}/partitions/7/offset", null),
            ("GET", "/topics/{0}/configs", null), ("GET", "/topics/{0}/configs/no.such", null), ("GET", "/topics/{0}/default-configs", null), ("DELETE", "/topics/{0}", null),
            ("PATCH", "/topics/{0}", """{"partitions_count":5}"""), ("POST", "/topics", """{"topic_name":"{0}"}"""), ("POST", "/topics/{0}/records", "{}"),
            ("POST", "/topics/{0}/configs:alter", """{"data":[]}"""), ("GET", "/topics/{0}/partitions/0/replicas", null), ("GET", "/topics/{0}/partitions/-/reassignment", null),
            ("GET", "/consumer-groups/{0}", null), ("GET", "/consumer-groups/{0}/lags", null), ("GET", "/share-groups/{0}", null), ("GET", "/streams-groups/{0}/members", null),
        })
        {
            var there = await AskAsync($"{topic}-hidden");
            var nowhere = await AskAsync($"{topic}-nowhere");
            Assert.Equal(nowhere, there);

            async Task<(int, string)> AskAsync(string name)
            {
                var answer = await reader.SendAsync(method, path.Replace("{0}", name, StringComparison.Ordinal), body?.Replace("{0}", name, StringComparison.Ordinal));
                Assert.True(answer.Body.Contains("40301", StringComparison.Ordinal), $"{method} {path}: {answer.Status} {answer.Body}");
                return (answer.Status, answer.Body.Replace(name, "it", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Attack_101_a_DENY_for_everyone_holds_for_whoever_has_every_role()
    {
        var topic = await TopicAsync();
        var admin = await PoolCaller.CreateAsync(_host, ("CloudClusterAdmin", ""), ("ResourceOwner", $"/topic={topic}"));
        Assert.Equal(200, await admin.ProduceAsync(topic));

        await PoolCaller.AclAsync(_host, "User:*", "DENY", "ALL", topic);

        Assert.Equal(40301, await admin.ProduceAsync(topic));
        AssertRefused(await admin.SendAsync("GET", $"/topics/{topic}"));
        Assert.DoesNotContain(topic, await admin.TopicsAsync());
        AssertRefused(await admin.SendAsync("DELETE", $"/topics/{topic}"));
        AssertRefused(await admin.SendAsync("POST", "/topics", $$"""{"topic_name":"{{topic}}"}"""));
        Assert.Equal(201, (await admin.SendAsync("POST", "/topics", $$"""{"topic_name":"{{topic}}-2"}""")).Status);
    }

    [Fact]
    public async Task Attack_102_a_caller_that_calls_itself_like_a_pool_is_not_that_pool()
    {
        var topic = await TopicAsync();
        var owner = await PoolCaller.CreateAsync(_host, ("ResourceOwner", $"/topic={topic}"));
        var subject = owner.Pool;
        var pool = await _host.CreatePoolAsync($"claims.sub == '{subject}'");
        var token = _host.Issuer.Token(_host.Issuer.Claims(IssuerGateway.Now, subject));

        AssertRefused(await owner.SendToAsync("GET", $"{Cluster}/topics/{topic}", token: token, pools: pool));
        AssertRefused(await owner.SendToAsync("GET", $"{Cluster}/topics/{topic}", token: token, pools: owner.Pool));
        AssertRefused(await owner.SendToAsync("GET", $"{Cluster}/topics/{topic}", token: token, pools: $"{owner.Pool},{pool}"));

        var account = await _host.AdministerAsync(
            HttpMethod.Post, "/iam/v2/service-accounts", new System.Text.Json.Nodes.JsonObject { ["display_name"] = subject, ["description"] = "" });
        Assert.StartsWith("sa-", account.Json.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_103_a_binding_that_is_taken_back_counts_for_the_next_request()
    {
        var topic = await TopicAsync();
        var caller = await PoolCaller.CreateAsync(_host);

        for (var i = 0; i < 5; i++)
        {
            var binding = await caller.GrantAsync("DeveloperWrite", $"/topic={topic}");
            Assert.Equal(200, await caller.ProduceAsync(topic));
            Assert.Equal(200, (await _host.AdministerAsync(HttpMethod.Delete, $"/iam/v2/role-bindings/{binding}")).Status);
            Assert.Equal(40301, await caller.ProduceAsync(topic));
        }
    }

    private static void AssertRefused(Answer answer) => Assert.True((answer.Status, answer.ErrorCode) is (403, 40301), $"{answer.Status} {answer.Body}");

    private static int Code(Answer answer) => answer.Json.GetProperty("error_code").GetInt32();

    private async Task<JsonElement> ExplainAsync(PoolCaller caller, string operation, string topic)
    {
        var answer = await caller.SendToAsync(
            "POST", "/sluice/v1/tokens:explain", $$"""{"resource":{"resource_type":"TOPIC","resource_name":"{{topic}}"},"operation":"{{operation}}"}""");
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json.GetProperty("access");
    }

    private async Task<string> TopicAsync()
    {
        var topic = $"t-{Guid.NewGuid():N}"[..12];
        await _host.Gateway.CreateTopicAsync(topic);
        return topic;
    }
}
