using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Testing;
using Sluice.Testing.Issuers;
using Sluice.Tests.Access;
using Sluice.Tests.Identity;

namespace Sluice.Tests.Explain;

/// <summary><c>POST /sluice/v1/tokens:explain</c>.</summary>
public sealed class TokensTests(IssuerGatewayFixture fixture) : IClassFixture<IssuerGatewayFixture>
{
    private const string Path = "/sluice/v1/tokens:explain";

    private readonly IssuerGateway _host = fixture.Host;

    [Fact]
    public async Task An_administrator_learns_why_a_good_token_is_let_in()
    {
        var pool = await _host.CreatePoolAsync("claims.sub == 'orders-svc' && claims.aud == 'kafka-rest'", "claims.scope");

        var answer = await AskAsync(new JsonObject { ["token"] = _host.Token(), ["pool_id"] = pool });

        Assert.Equal(200, answer.Status);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var json = answer.Json;
        Assert.True(json.GetProperty("accepted").GetBoolean());
        Assert.True(json.GetProperty("authentic").GetBoolean());
        Assert.Equal(_host.ProviderId, json.GetProperty("provider").GetProperty("id").GetString());
        Assert.Equal([$"User:{pool}"], json.GetProperty("principals").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(
            ("claims.scope", "pool", "produce"),
            (Text(json, "identity", "claim"), Text(json, "identity", "source"), Text(json, "identity", "value")));
        Assert.EndsWith($"/identity-provider={_host.ProviderId}/identity=produce", Text(json, "identity", "crn"), StringComparison.Ordinal);
        Assert.Equal(
            ["structure", "issuer", "algorithm", "type", "key", "signature", "times", "kind", "subject", "audience", "deny_list", "binding", "pools", "identity"],
            json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()));
        Assert.All(json.GetProperty("checks").EnumerateArray(), check => Assert.Equal("passed", check.GetProperty("outcome").GetString()));
        var one = Assert.Single(json.GetProperty("pools").EnumerateArray());
        Assert.Equal((pool, true, "true"), (Text(one, "id"), one.GetProperty("match").GetBoolean(), Text(one, "value")));
    }

    [Theory]
    [InlineData("claims.sub == 'orders-svc'", true)]
    [InlineData("claims.sub == 'orders-svc' && claims.aud == 'kafka-rest'", false)]
    [InlineData("claims.sub == 'nobody'", false)]
    public async Task A_pool_that_takes_the_token_whatever_its_audience_is_says_so(string filter, bool warned)
    {
        var pool = await _host.CreatePoolAsync(filter);

        var json = (await AskAsync(new JsonObject { ["token"] = _host.Token(), ["pool_id"] = pool })).Json;

        var one = Assert.Single(json.GetProperty("pools").EnumerateArray());
        Assert.Equal(warned, one.TryGetProperty("warning", out var warning));
        if (warned)
        {
            Assert.Contains("claims.aud", warning.GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_failure_of_an_expired_token_is_told_not_only_the_first()
    {
        var pool = await _host.CreatePoolAsync("claims.sub == 'somebody-else'");
        var token = _host.Token(claims =>
        {
            claims["exp"] = IssuerGateway.Now.AddMinutes(-10).ToUnixTimeSeconds();
            claims["sub"] = "line\nbreak";
        });

        var json = (await AskAsync(new JsonObject { ["token"] = token, ["pool_id"] = pool })).Json;

        Assert.False(json.GetProperty("accepted").GetBoolean());
        Assert.True(json.GetProperty("authentic").GetBoolean());
        Assert.Equal(("Expired", 401, 40101), (Text(json, "refusal", "rule"), Number(json, "refusal", "status"), Number(json, "refusal", "error_code")));
        Assert.Equal(["times", "subject", "pools"], Failed(json));
        Assert.Equal("passed", Outcome(json, "signature"));
        Assert.Equal("false", Text(json.GetProperty("pools")[0], "value"));
        Assert.Empty(json.GetProperty("principals").EnumerateArray());
    }

    [Fact]
    public async Task An_issuer_that_is_nearly_a_providers_is_named_with_the_difference()
    {
        var json = (await AskAsync(new JsonObject { ["token"] = _host.Token(claims => claims["iss"] = _host.Issuer.Issuer + "/") })).Json;

        Assert.Equal("UntrustedIssuer", Text(json, "refusal", "rule"));
        var candidate = json.GetProperty("issuer_candidates")[0];
        Assert.Equal(_host.ProviderId, Text(candidate, "provider_id"));
        Assert.StartsWith("differs in the trailing slash", Text(candidate, "difference"), StringComparison.Ordinal);
        Assert.Equal("skipped", Outcome(json, "signature"));
        Assert.Equal("passed", Outcome(json, "times"));
    }

    [Fact]
    public async Task A_forged_token_is_explained_to_an_administrator_as_not_proved()
    {
        var claims = _host.Issuer.Claims(IssuerGateway.Now);

        var json = (await AskAsync(new JsonObject { ["token"] = _host.Issuer.Token(claims, TestKey.Rsa(_host.Issuer.Key.KeyId)) })).Json;

        Assert.Equal((false, "BadSignature"), (json.GetProperty("authentic").GetBoolean(), Text(json, "refusal", "rule")));
        Assert.Equal(["signature"], Failed(json));
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    [InlineData("")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30")]
    public async Task Garbage_is_explained_too(string token)
    {
        var json = (await AskAsync(new JsonObject { ["token"] = token })).Json;

        Assert.Equal(("MalformedToken", "failed"), (Text(json, "refusal", "rule"), Outcome(json, "structure")));
    }

    [Fact]
    public async Task A_caller_has_its_own_token_explained_even_when_it_expired_or_matches_no_pool()
    {
        var pool = await _host.CreatePoolAsync("'admins' in claims.groups");
        var expired = _host.Token(claims => claims["exp"] = IssuerGateway.Now.AddMinutes(-10).ToUnixTimeSeconds());

        var bare = await AskAsync(null, Bearer(_host.Token()));
        var same = await AskAsync(new JsonObject { ["token"] = expired }, Bearer(expired));
        var unmatched = await AskAsync(new JsonObject { ["pool_id"] = pool }, Bearer(_host.Token()));

        Assert.Equal((200, true), (bare.Status, bare.Json.GetProperty("accepted").GetBoolean()));
        Assert.Equal((200, "Expired"), (same.Status, Text(same.Json, "refusal", "rule")));
        Assert.Equal((200, "NoPoolMatches"), (unmatched.Status, Text(unmatched.Json, "refusal", "rule")));
        Assert.StartsWith("error", Text(unmatched.Json.GetProperty("pools")[0], "value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_an_administrator_may_ask_about_anothers_token()
    {
        var answer = await AskAsync(new JsonObject { ["token"] = _host.Token(claims => claims["sub"] = "other") }, Bearer(_host.Token()));

        Assert.Equal((403, 40301), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [InlineData("claims.aud == 'kafka-rest' && 'admins' in claims.groups", "'admins' in claims.groups", "false")]
    [InlineData("claims.aud == 'kafka-rest' && !(claims.sub == 'orders-svc')", "claims.sub == 'orders-svc'", "true")]
    [InlineData("claims.sub == 'a' || claims.sub.startsWith('orders')", "claims.sub.startsWith('orders')", "true")]
    [InlineData("claims.aud == ['kafka-rest']", "claims.aud == ['kafka-rest']", "false")]
    public async Task The_part_of_a_filter_that_decided_is_shown(string filter, string expression, string value)
    {
        var pool = await _host.CreatePoolAsync(filter);
        var token = _host.Token(claims => claims["groups"] = new JsonArray("writers"));

        var decided = Assert.Single((await AskAsync(new JsonObject { ["token"] = token, ["pool_id"] = pool })).Json.GetProperty("pools")[0].GetProperty("decided_by").EnumerateArray());

        Assert.Equal((expression, value), (Text(decided, "expression"), Text(decided, "value")));
        Assert.Contains("claims.", Text(decided, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_the_gateways_own_STS_is_explained_to_an_administrator_and_to_its_holder()
    {
        var pool = await _host.CreatePoolAsync("claims.sub == 'orders-svc'");
        var own = await ExchangeAsync(pool);

        var asked = await AskAsync(new JsonObject { ["token"] = own });
        var held = await AskAsync(null, Bearer(own));
        var other = await AskAsync(new JsonObject { ["token"] = own, ["pool_id"] = _host.PoolId });
        var forged = await AskAsync(new JsonObject { ["token"] = own[..^8] + "AAAAAAAA" });

        foreach (var answer in new[] { asked, held })
        {
            Assert.Equal(200, answer.Status);
            Assert.True(answer.Json.GetProperty("accepted").GetBoolean() && answer.Json.GetProperty("authentic").GetBoolean(), answer.Body);
            Assert.Equal([$"User:{pool}"], answer.Json.GetProperty("principals").EnumerateArray().Select(one => one.GetString()));
            Assert.Equal((_host.ProviderId, "orders-svc"), (Text(answer.Json, "provider", "id"), Text(answer.Json, "identity", "value")));
            Assert.All(answer.Json.GetProperty("checks").EnumerateArray(), check => Assert.Equal("passed", Text(check, "outcome")));
            Assert.DoesNotContain(own, answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(("NoPoolMatches", 403), (Text(other.Json, "refusal", "rule"), Number(other.Json, "refusal", "status")));
        Assert.Equal(["pools"], Failed(other.Json));
        Assert.Equal((false, "BadSignature"), (forged.Json.GetProperty("authentic").GetBoolean(), Text(forged.Json, "refusal", "rule")));
        Assert.Equal(["signature"], Failed(forged.Json));

        Assert.Equal(200, (await _host.AdministerAsync(HttpMethod.Patch, $"{_host.Pools()}/{pool}", new JsonObject { ["filter"] = "claims.sub == 'x'" })).Status);
        var revoked = await AskAsync(new JsonObject { ["token"] = own });
        Assert.Equal(("Revoked", "failed"), (Text(revoked.Json, "refusal", "rule"), Outcome(revoked.Json, "deny_list")));
        Assert.Equal(200, (await AskAsync(null, Bearer(own))).Status);
        Assert.Equal(401, (await AskAsync(null, Bearer(own[..^8] + "AAAAAAAA"))).Status);
    }

    [Fact]
    public async Task Strangers_and_forgers_learn_nothing()
    {
        var forged = _host.Issuer.Token(_host.Issuer.Claims(IssuerGateway.Now), TestKey.Rsa(_host.Issuer.Key.KeyId));

        var stranger = await AskAsync(new JsonObject { ["token"] = _host.Token() }, authorization: null, administrator: false);
        var forger = await AskAsync(new JsonObject { ["token"] = forged }, Bearer(forged));
        var key = await AskAsync(new JsonObject { ["token"] = _host.Token() }, GatewayHost.Basic(_host.Gateway.Info.ApiKey, "wrong"));

        Assert.Equal((401, 401), (stranger.Status, stranger.ErrorCode));
        Assert.Equal((401, 40101), (forger.Status, forger.ErrorCode));
        Assert.Equal((401, 40101), (key.Status, key.ErrorCode));
        Assert.DoesNotContain("filter", forger.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_decision_about_an_operation_is_told()
    {
        var writer = await PoolCaller.CreateAsync(_host);
        var binding = await writer.GrantAsync("DeveloperWrite", "/topic=explained-*");
        await writer.AclAsync("DENY", "WRITE", "explained-secret");

        var byRole = await DecisionAsync("WRITE", "explained-1");
        Assert.Equal(("ALLOW", "WRITE", "TOPIC", "explained-1"), (Text(byRole, "decision"), Text(byRole, "operation"), Text(byRole, "resource_type"), Text(byRole, "resource_name")));
        Assert.Equal((binding, _host.Gateway.Info.ClusterId), (Text(byRole, "role_binding_id"), Text(byRole, "cluster_id")));
        Assert.StartsWith($"The role binding {binding} (DeveloperWrite for {writer.Principal} at ", Text(byRole, "reason"), StringComparison.Ordinal);

        var byAcl = await DecisionAsync("WRITE", "explained-secret");
        Assert.Equal(
            ("DENY", $"The ACL DENY WRITE on LITERAL TOPIC explained-secret for {writer.Principal} from * denies WRITE on TOPIC explained-secret."),
            (Text(byAcl, "decision"), Text(byAcl, "reason")));

        var byNothing = await DecisionAsync("READ", "explained-1");
        Assert.Equal(("DENY", $"No role binding and no ACL grants READ on TOPIC explained-1 to {writer.Principal}."), (Text(byNothing, "decision"), Text(byNothing, "reason")));
        Assert.False(byNothing.TryGetProperty("role_binding_id", out _));

        var refused = await AskAsync(new JsonObject { ["token"] = "x", ["operation"] = "WRITE", ["resource"] = Topic("explained-1") });
        Assert.Equal("DENY", Text(refused.Json, "access", "decision"));

        async Task<JsonElement> DecisionAsync(string operation, string topic)
        {
            var answer = await AskAsync(new JsonObject { ["token"] = writer.Token, ["pool_id"] = writer.Pool, ["operation"] = operation, ["resource"] = Topic(topic) });
            Assert.True(answer.Status == 200, answer.Body);
            return answer.Json.GetProperty("access");
        }
    }

    [Fact]
    public async Task An_ACL_for_one_host_is_told_to_whoever_does_not_say_where_the_client_is()
    {
        var writer = await PoolCaller.CreateAsync(_host);
        await writer.AclAsync("ALLOW", "WRITE", "hosted", address: "127.0.0.1");
        await writer.AclAsync("ALLOW", "WRITE", "everywhere");

        var unknown = await DecisionAsync(null);
        var here = await DecisionAsync("127.0.0.1");
        var there = await DecisionAsync("10.1.2.3");
        var anywhere = await DecisionAsync(null, "everywhere");
        var nonsense = await AskAsync(Question("here", "hosted"));
        var own = await writer.SendToAsync("POST", Path, Question(null, "hosted").ToJsonString());

        Assert.Equal("DENY", Text(unknown, "decision"));
        Assert.Contains("ask with client_address", Text(unknown, "reason"), StringComparison.Ordinal);
        Assert.Equal(("ALLOW", "DENY", "ALLOW"), (Text(here, "decision"), Text(there, "decision"), Text(own.Json, "access", "decision")));
        Assert.DoesNotContain("client_address", Text(there, "reason") + Text(anywhere, "reason"), StringComparison.Ordinal);
        Assert.Equal((400, "client_address must be an IP address"), (nonsense.Status, nonsense.Message));

        JsonObject Question(string? address, string topic) => new()
        {
            ["token"] = writer.Token,
            ["pool_id"] = writer.Pool,
            ["operation"] = "WRITE",
            ["resource"] = Topic(topic),
            ["client_address"] = address,
        };

        async Task<JsonElement> DecisionAsync(string? address, string topic = "hosted") => (await AskAsync(Question(address, topic))).Json.GetProperty("access");
    }

    [Fact]
    public async Task A_caller_may_ask_about_its_own_rights_and_the_only_cluster_is_meant_unless_another_is_named()
    {
        var reader = await PoolCaller.CreateAsync(_host, ("DeveloperRead", "/group=explained"));
        JsonObject Question(string? cluster) => new()
        {
            ["operation"] = "READ",
            ["resource"] = new JsonObject { ["resource_type"] = "GROUP", ["resource_name"] = "explained", ["cluster_id"] = cluster },
        };

        var own = await reader.SendToAsync("POST", Path, Question(null).ToJsonString());
        var named = await reader.SendToAsync("POST", Path, Question(_host.Gateway.Info.ClusterId).ToJsonString());
        var nowhere = await reader.SendToAsync("POST", Path, Question("lkc-nowhere").ToJsonString());

        Assert.Equal(("ALLOW", "ALLOW"), (Text(own.Json, "access", "decision"), Text(named.Json, "access", "decision")));
        Assert.Equal((400, 400, "resource.cluster_id: there is no cluster lkc-nowhere"), (nowhere.Status, nowhere.ErrorCode, nowhere.Message));
    }

    private static JsonObject Topic(string name) => new() { ["resource_type"] = "TOPIC", ["resource_name"] = name };

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 422)]
    [InlineData("""{"token":1}""", 400)]
    [InlineData("""{"token":"x","operation":"WRITE"}""", 400)]
    [InlineData("""{"token":"x","operation":"FLY","resource":{"resource_type":"TOPIC","resource_name":"a"}}""", 400)]
    [InlineData("""{"token":"x","operation":"READ","resource":{"resource_type":"TOPIC"}}""", 400)]
    [InlineData("""{"token":"x","operation":"READ","resource":"orders"}""", 400)]
    [InlineData("""{"token":"x","other":1}""", 422)]
    public async Task A_bad_question_is_refused_with_what_to_change(string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = _host.Administrator;

        var answer = await _host.Gateway.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.NotEmpty(answer.Message);
    }

    private async Task<string> ExchangeAsync(string pool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sts/v1/oauth2/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                new("subject_token", _host.Token()),
                new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
                new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                new("identity_pool_id", pool),
            ]),
        };
        var answer = await _host.Gateway.SendAsync(request);
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json.GetProperty("access_token").GetString()!;
    }

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static string? Text(JsonElement json, params string[] path) =>
        path.Aggregate(json, (at, name) => at.GetProperty(name)).GetString();

    private static int Number(JsonElement json, params string[] path) => path.Aggregate(json, (at, name) => at.GetProperty(name)).GetInt32();

    private static IEnumerable<string?> Failed(JsonElement json) => json.GetProperty("checks").EnumerateArray()
        .Where(check => check.GetProperty("outcome").GetString() == "failed")
        .Select(check => check.GetProperty("check").GetString());

    private static string? Outcome(JsonElement json, string name) => json.GetProperty("checks").EnumerateArray()
        .Single(check => check.GetProperty("check").GetString() == name)
        .GetProperty("outcome").GetString();

    private Task<Answer> AskAsync(JsonObject? body) => AskAsync(body, authorization: null, administrator: true);

    private async Task<Answer> AskAsync(JsonObject? body, AuthenticationHeaderValue? authorization, bool administrator = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Headers.Authorization = administrator ? _host.Administrator : authorization;
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return await _host.Gateway.SendAsync(request);
    }
}
