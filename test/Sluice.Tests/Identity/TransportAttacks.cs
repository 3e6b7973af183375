using System.Net;
using System.Text.Json.Nodes;
using Sluice.Testing;

namespace Sluice.Tests.Identity;

/// <summary>Attacks 62, 63 and 74 to 85 over real sockets: what HTTP lets a client do with its credentials.</summary>
public sealed class TransportAttacks(IssuerGatewayFixture fixture) : IClassFixture<IssuerGatewayFixture>
{
    private readonly IssuerGateway _host = fixture.Host;

    private string Url => _host.Gateway.Info.Url;

    [Theory]
    [InlineData("Bearer {0}", 200)]
    [InlineData("bearer {0}", 200)]
    [InlineData("BEARER {0}", 200)]
    [InlineData("Bearer  {0}", 200)]
    [InlineData("Bearer    {0}", 200)]
    [InlineData("Bearer\t{0}", 400)]
    [InlineData("Bearer{0}", 400)]
    [InlineData("Bearer {0} trailing", 400)]
    [InlineData("Bearer {0},{0}", 400)]
    [InlineData("Bearer {0}, Basic YTpi", 400)]
    [InlineData("Bearer token={0}", 400)]
    [InlineData("Bearer \"{0}\"", 400)]
    [InlineData("Bearer", 400)]
    [InlineData("Token {0}", 400)]
    [InlineData("{0}", 400)]
    public async Task Attack_74_the_scheme_is_taken_in_any_case_and_the_rest_as_it_must_be(string shape, int status)
    {
        var answer = await RawHttp.GetAsync(Url, _host.Topics, $"Authorization: {shape.Replace("{0}", _host.Token(), StringComparison.Ordinal)}");

        Assert.Equal(status, answer.Status);
        if (status == 400)
        {
            Assert.Contains("invalid_request", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/iam/v2/identity-providers")]
    [InlineData("/iam/v2/identity-providers/op-none")]
    [InlineData("/org/v2/environments")]
    [InlineData("/cmk/v2/clusters?environment=env-default")]
    public async Task The_control_planes_answers_are_kept_by_nobody_on_the_way_either(string path)
    {
        var answer = await _host.AdministerAsync(HttpMethod.Get, path);
        var refused = await _host.SendAsync(path, ("Authorization", $"Bearer {_host.Token()}x"));

        Assert.True(answer.Headers.CacheControl?.NoStore, path);
        Assert.True(refused.Headers.CacheControl?.NoStore, path);
    }

    [Theory]
    [InlineData("Confluent-Identity-Pool-Id:")]
    [InlineData("Confluent-Identity-Pool-Id: ,,")]
    [InlineData("Confluent-Identity-Pool-Id: pool-a pool-b")]
    [InlineData("Confluent-Identity-Pool-Id: a,b,c,d,e,f,g,h,i,j,k")]
    public async Task Attack_62_a_pool_header_that_cannot_be_read_is_named_in_the_answer(string field)
    {
        var answer = await RawHttp.GetAsync(Url, _host.Topics, $"Authorization: Bearer {_host.Token()}", field);

        Assert.Equal(400, answer.Status);
        Assert.Contains("\"message\":\"Confluent-Identity-Pool-Id must name 1 to 10 identity pools", answer.Text, StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_request\", error_description=\"Confluent-Identity-Pool-Id must name", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_75_two_credentials_are_an_invalid_request()
    {
        var token = $"Authorization: Bearer {_host.Token()}";
        var basic = $"Authorization: {_host.Administrator}";

        foreach (var second in (string[])[token, basic])
        {
            var answer = await RawHttp.GetAsync(Url, _host.Topics, token, second);
            Assert.Equal(400, answer.Status);
            Assert.Contains("invalid_request", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("Access_Token")]
    [InlineData("%61ccess_token")]
    public async Task Attack_76_a_token_in_the_query_is_refused_with_and_without_the_header(string name)
    {
        var path = $"{_host.Topics}?{name}={_host.Token()}";

        var alone = await RawHttp.GetAsync(Url, path);
        var both = await RawHttp.GetAsync(Url, path, $"Authorization: Bearer {_host.Token()}");

        Assert.Equal((400, 400), (alone.Status, both.Status));
    }

    [Fact]
    public async Task Attack_76_a_token_in_a_form_or_a_cookie_is_none()
    {
        var body = $"access_token={_host.Token()}";
        var form = await RawHttp.SendAsync(
            Url,
            $"POST {_host.Topics} HTTP/1.1\r\nHost: {new Uri(Url).Authority}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var cookie = await RawHttp.GetAsync(Url, _host.Topics, $"Cookie: access_token={_host.Token()}");
        var both = await RawHttp.GetAsync(Url, _host.Topics, $"Cookie: access_token={_host.Token()}", $"Authorization: Bearer {_host.Token()}");

        Assert.Equal((401, 401, 200), (form.Status, cookie.Status, both.Status));
    }

    [Fact]
    public async Task Attacks_77_78_a_token_as_a_password_or_for_a_proxy_is_none()
    {
        var password = await _host.SendAsync(_host.Topics, ("Authorization", GatewayHost.Basic("token", _host.Token()).ToString()));
        var proxy = await _host.SendAsync(_host.Topics, ("Proxy-Authorization", $"Bearer {_host.Token()}"));

        Assert.Equal((401, 40101), (password.Status, password.ErrorCode));
        Assert.Equal((401, 401), (proxy.Status, proxy.ErrorCode));
    }

    [Theory]
    [InlineData("79 space before the colon", "Authorization : Bearer {0}")]
    [InlineData("79 line folding", "Authorization: Bearer\r\n {0}")]
    [InlineData("79 line folding with a tab", "X-Y: a\r\n\tAuthorization: Bearer {0}")]
    [InlineData("79 no colon", "Authorization Bearer {0}")]
    [InlineData("62 CRLF in the pool header", "Authorization: Bearer {0}\r\nConfluent-Identity-Pool-Id: a\r\n b")]
    public async Task A_header_that_could_be_read_in_two_ways_is_a_bad_request(string attack, string lines)
    {
        var answer = await RawHttp.GetAsync(Url, _host.Topics, lines.Replace("{0}", _host.Token(), StringComparison.Ordinal));

        Assert.True(answer.Status == 400, $"{attack}: {answer.Text}");
    }

    [Fact]
    public async Task Attack_62_the_pool_header_over_HTTP()
    {
        var other = await _host.CreatePoolAsync("claims.sub == 'nobody'");
        var bearer = $"Authorization: Bearer {_host.Token()}";

        Assert.Equal(400, (await RawHttp.GetAsync(Url, _host.Topics, bearer, "Confluent-Identity-Pool-Id:")).Status);
        Assert.Equal(400, (await RawHttp.GetAsync(Url, _host.Topics, bearer, "Confluent-Identity-Pool-Id: ,,")).Status);
        Assert.Equal(400, (await RawHttp.GetAsync(Url, _host.Topics, bearer, "Confluent-Identity-Pool-Id: pool-\u00e4")).Status);
        Assert.Equal(403, (await RawHttp.GetAsync(Url, _host.Topics, bearer, $"Confluent-Identity-Pool-Id: {_host.PoolId.ToUpperInvariant()}")).Status);
        Assert.Equal(403, (await RawHttp.GetAsync(Url, _host.Topics, bearer, $"Confluent-Identity-Pool-Id: {other}")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(Url, _host.Topics, bearer, $"Confluent-Identity-Pool-Id: {other}", $"Confluent-Identity-Pool-Id: {_host.PoolId}")).Status);
    }

    [Theory]
    [InlineData("confluent-identity-pool-id")]
    [InlineData("CONFLUENT-IDENTITY-POOL-ID")]
    public async Task Attack_63_the_pool_header_is_found_in_any_case(string name)
    {
        var other = await _host.CreatePoolAsync("false");

        Assert.Equal(200, (await RawHttp.GetAsync(Url, _host.Topics, $"Authorization: Bearer {_host.Token()}", $"{name}: {_host.PoolId}")).Status);
        Assert.Equal(403, (await RawHttp.GetAsync(Url, _host.Topics, $"Authorization: Bearer {_host.Token()}", $"{name}: {other}")).Status);
    }

    [Theory]
    [InlineData("/kafka/v3/clusters/{0}/topics/%2e%2e/%2e%2e/other/topics")]
    [InlineData("/kafka/v3/clusters/{0};x=1/topics")]
    [InlineData("/kafka/v3/clusters/{0}%00/topics")]
    [InlineData("/kafka/v3/clusters/%252e%252e/topics")]
    [InlineData("/kafka//v3/clusters")]
    [InlineData("//kafka/v3/clusters/{0}/topics")]
    [InlineData("/x/../kafka/v3/clusters/{0}/topics")]
    [InlineData("/x/%2e%2e/kafka/v3/clusters/{0}/topics")]
    [InlineData("/KAFKA/v3/clusters/{0}/topics")]
    [InlineData("/%6bafka/v3/clusters/{0}/topics")]
    [InlineData("/kafka/v3/clusters/{0}/topics/")]
    [InlineData("/sluice/v1/anything")]
    public async Task Attack_81_no_spelling_of_a_path_gets_past_authentication(string path)
    {
        var answer = await RawHttp.GetAsync(Url, path.Replace("{0}", _host.Gateway.Info.ClusterId, StringComparison.Ordinal));

        Assert.True(answer.Status is 401 or 400 or 404, answer.Text);
        Assert.DoesNotContain("KafkaTopicList", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_82_a_method_in_a_header_is_not_the_method()
    {
        await _host.Gateway.CreateTopicAsync("attack-82");

        foreach (var field in (string[])["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
        {
            var answer = await _host.SendAsync($"{_host.Topics}/attack-82", ("Authorization", $"Bearer {_host.Token()}"), (field, "DELETE"));
            Assert.Equal(200, answer.Status);
        }

        Assert.Equal(200, (await _host.Gateway.GetAsync($"{_host.Topics}/attack-82")).Status);
    }

    [Fact]
    public async Task Attack_83_a_preflight_without_credentials_tells_nothing_and_allows_nobody()
    {
        var answer = await RawHttp.SendAsync(
            Url,
            $"OPTIONS {_host.Topics} HTTP/1.1\r\nHost: {new Uri(Url).Authority}\r\nConnection: close\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n");

        Assert.True(answer.Status is 401 or 405, answer.Text);
        Assert.DoesNotContain("Access-Control-Allow", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Attack_84_HEAD_needs_what_GET_needs()
    {
        using var bare = new HttpRequestMessage(HttpMethod.Head, _host.Topics);
        using var withToken = new HttpRequestMessage(HttpMethod.Head, _host.Topics);
        withToken.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_host.Token()}");

        using var refused = await _host.Gateway.Http.SendAsync(bare, TestContext.Current.CancellationToken);
        using var answered = await _host.Gateway.Http.SendAsync(withToken, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.True(answered.StatusCode is HttpStatusCode.OK or HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Attack_42_a_header_over_the_servers_limit_is_431_and_the_next_request_is_answered()
    {
        var answer = await RawHttp.GetAsync(Url, _host.Topics, $"Authorization: Bearer {new string('a', 128 * 1024)}");

        Assert.Equal(431, answer.Status);
        Assert.Equal(200, (await _host.PresentAsync(_host.Token())).Status);
    }

    [Fact]
    public async Task A_token_of_16_KiB_passes_over_HTTP_and_a_longer_one_is_401()
    {
        var large = _host.Token(claims => claims["groups"] = new JsonArray([.. Enumerable.Range(0, 200).Select(i => JsonValue.Create($"{i}-{new string('g', 51)}"))]));
        Assert.InRange(large.Length, 15_000, 16 * 1024);

        Assert.Equal(200, (await _host.PresentAsync(large)).Status);
        Assert.Equal(401, (await _host.PresentAsync(_host.Token(claims => claims["x"] = new string('x', 20_000)))).Status);
    }

    [Fact]
    public async Task A_refusal_repeats_nothing_of_the_token_and_has_one_attribute_of_a_name()
    {
        var answer = await _host.PresentAsync(_host.Token(claims => claims["iss"] = "https://sluice-secret-issuer.example"));

        var challenge = answer.Headers.WwwAuthenticate.ToString();
        Assert.DoesNotContain("sluice-secret-issuer", answer.Body + challenge, StringComparison.Ordinal);
        Assert.Equal(2, challenge.Split("error=").Length);
        Assert.All(challenge, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public async Task Attacks_71_72_changes_over_the_control_plane_count_for_the_next_request_of_a_token_seen_before()
    {
        var pool = await _host.CreatePoolAsync("claims.sub == 'orders-svc'");
        var token = _host.Token();
        Assert.Equal(200, (await _host.PresentAsync(token, pool)).Status);

        await _host.AdministerAsync(HttpMethod.Patch, $"{_host.Pools()}/{pool}", new JsonObject { ["filter"] = "claims.sub == 'somebody-else'" });
        Assert.Equal(403, (await _host.PresentAsync(token, pool)).Status);

        await _host.AdministerAsync(HttpMethod.Patch, $"{_host.Pools()}/{pool}", new JsonObject { ["filter"] = "claims.aud == 'kafka-rest'" });
        Assert.Equal(200, (await _host.PresentAsync(token, pool)).Status);

        Assert.Equal(204, (await _host.AdministerAsync(HttpMethod.Delete, $"{_host.Pools()}/{pool}")).Status);
        Assert.Equal(403, (await _host.PresentAsync(token, pool)).Status);
    }

    [Fact]
    public async Task Attack_92_a_providers_new_issuer_counts_for_the_next_request_of_a_token_seen_before()
    {
        await using var issuer = await Sluice.Testing.Issuers.TestIssuer.StartAsync();
        var provider = await _host.CreateProviderAsync(issuer.Issuer, issuer.JwksUri);
        var pool = await _host.CreatePoolAsync("true", provider: provider);
        var token = issuer.Token(issuer.Claims(IssuerGateway.Now));
        Assert.Equal(200, (await _host.PresentAsync(token, pool)).Status);

        var changed = await _host.AdministerAsync(
            HttpMethod.Patch, $"/iam/v2/identity-providers/{provider}", new JsonObject { ["issuer"] = "https://issuer.example/moved" });
        Assert.True(changed.Status == 200, changed.Body);

        Assert.Equal(401, (await _host.PresentAsync(token, pool)).Status);
    }

    [Fact]
    public async Task A_challenge_points_to_the_protected_resource_document()
    {
        foreach (var fields in (string[][])[[], [$"Authorization: Bearer {_host.Token(claims => claims["exp"] = 1)}"], [$"Authorization: Bearer {_host.Token()}", "Confluent-Identity-Pool-Id: pool-nobody"]])
        {
            var answer = await RawHttp.GetAsync(Url, _host.Topics, fields);

            var bearer = Assert.Single(answer.Text.Split("\r\n"), line => line.StartsWith("WWW-Authenticate: Bearer ", StringComparison.Ordinal));
            Assert.EndsWith($", resource_metadata=\"{Url}/.well-known/oauth-protected-resource\"", bearer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_challenge_repeats_no_host_that_is_none()
    {
        var answer = await RawHttp.SendAsync(Url, $"GET {_host.Topics} HTTP/1.1\r\nHost: a_b$c\r\nConnection: close\r\n\r\n");

        Assert.True(answer.Status is 400 or 401, answer.Text);
        Assert.DoesNotContain("a_b$c", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_protected_resource_document_is_public_and_says_how_tokens_are_sent()
    {
        var answer = await RawHttp.GetAsync(Url, "/.well-known/oauth-protected-resource");

        Assert.Equal(200, answer.Status);
        var json = JsonNode.Parse(answer.Text[answer.Text.IndexOf('{', StringComparison.Ordinal)..(answer.Text.LastIndexOf('}') + 1)])!;
        Assert.Equal(Url, (string?)json["resource"]);
        Assert.Equal(["header"], json["bearer_methods_supported"]!.AsArray().Select(method => (string?)method));
        Assert.Null(json["authorization_servers"]);
    }
}
