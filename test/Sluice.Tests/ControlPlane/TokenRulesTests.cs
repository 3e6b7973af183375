using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sluice.Tests.ControlPlane;

/// <summary><c>expected_audiences</c>, <c>allowed_algorithms</c> and <c>require_access_token_type</c>: an extension of the identity provider's body.</summary>
public sealed class TokenRulesTests
{
    private const string Providers = "/iam/v2/identity-providers";

    [Fact]
    public async Task Audiences_are_set_changed_and_taken_away_and_shown_only_where_they_were_given()
    {
        await using var gateway = await ControlHost.StartAsync();
        var created = await gateway.CreateAsync(Providers, Provider(gateway, "https://one.example", ["kafka", "kafka-rest"]));
        var path = $"{Providers}/{created.GetProperty("id").GetString()}";
        Assert.Equal(["kafka", "kafka-rest"], Audiences(created));
        Assert.Equal(["kafka", "kafka-rest"], Audiences((await gateway.SendAsync("GET", path)).Body));
        Assert.Equal(["kafka", "kafka-rest"], Audiences((await gateway.SendAsync("GET", Providers)).Body.GetProperty("data")[0]));

        Assert.Equal(["kafka", "kafka-rest"], Audiences((await gateway.SendAsync("PATCH", path, new { description = "x" })).Body));
        Assert.Equal(["é 🐱"], Audiences((await gateway.SendAsync("PATCH", path, new { expected_audiences = (string[])["é 🐱"] })).Body));
        Assert.Null(Audiences((await gateway.SendAsync("PATCH", path, new { expected_audiences = Array.Empty<string>() })).Body));
        Assert.Null(Audiences((await gateway.SendAsync("GET", path)).Body));
        await gateway.SendAsync("PATCH", path, new { expected_audiences = (string[])["a"] });
        Assert.Null(Audiences((await gateway.SendAsync("PATCH", path, """{"expected_audiences":null}""")).Body));

        var plain = await gateway.CreateAsync(Providers, Provider(gateway, "https://two.example", null));
        Assert.Null(Audiences(plain));
    }

    [Fact]
    public async Task Taking_the_audiences_away_warns_of_the_pools_that_leave_aud_open()
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = $"{Providers}/{(await gateway.CreateAsync(Providers, Provider(gateway, "https://one.example", ["kafka"]))).GetProperty("id").GetString()}";
        var open = await gateway.CreateAsync($"{path}/identity-pools", Pool("claims.sub == 'a'"));
        var closed = await gateway.CreateAsync($"{path}/identity-pools", Pool("'kafka' in claims.aud"));

        using var kept = await gateway.Http.PatchAsync(path, JsonContent.Create(new { expected_audiences = (string[])["other"] }), TestContext.Current.CancellationToken);
        using var gone = await gateway.Http.PatchAsync(path, JsonContent.Create(new { expected_audiences = Array.Empty<string>() }), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (kept.StatusCode, gone.StatusCode));
        Assert.False(kept.Headers.Contains("Warning"));
        var warning = string.Join(' ', gone.Headers.GetValues("Warning"));
        Assert.Contains(open.GetProperty("id").GetString()!, warning, StringComparison.Ordinal);
        Assert.DoesNotContain(closed.GetProperty("id").GetString()!, warning, StringComparison.Ordinal);

        static object Pool(string filter) => new { display_name = "p", description = "", identity_claim = "claims.sub", filter };
    }

    [Theory]
    [InlineData("\"kafka\"")]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[\"\"]")]
    [InlineData("[5]")]
    [InlineData("[null]")]
    [InlineData("[[\"kafka\"]]")]
    [InlineData("long")]
    [InlineData("many")]
    public async Task What_is_no_array_of_audiences_is_422_and_changes_nothing(string value)
    {
        value = value switch
        {
            "long" => $"[\"{new string('x', 2_049)}\"]",
            "many" => $"[{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"{i}\""))}]",
            _ => value,
        };
        await using var gateway = await ControlHost.StartAsync();
        var path = $"{Providers}/{(await gateway.CreateAsync(Providers, Provider(gateway, "https://one.example", ["kafka"]))).GetProperty("id").GetString()}";

        var body = JsonSerializer.Serialize(Provider(gateway, "https://two.example", null))[..^1].Replace("\"expected_audiences\":null,", "", StringComparison.Ordinal);
        foreach (var (method, to, text) in ((string, string, string)[])
            [
                ("PATCH", path, $"{{\"description\":\"x\",\"expected_audiences\":{value}}}"),
                ("POST", Providers, $"{body},\"expected_audiences\":{value}}}"),
            ])
        {
            var (status, answer) = await gateway.SendAsync(method, to, text);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Equal("/expected_audiences", answer.GetProperty("errors")[0].GetProperty("source").GetProperty("pointer").GetString());
        }

        Assert.Single(gateway.State.IdentityProviders);
        Assert.Equal(["kafka"], Audiences((await gateway.SendAsync("GET", path)).Body));
        Assert.Equal("", (await gateway.SendAsync("GET", path)).Body.GetProperty("description").GetString());
    }

    [Fact]
    public async Task Audiences_count_from_the_next_request_on_also_for_a_token_seen_before()
    {
        await using var gateway = await ControlHost.StartAsync();
        var provider = (await gateway.CreateAsync(Providers, Provider(gateway, gateway.Issuer.Issuer, null))).GetProperty("id").GetString();
        await gateway.CreateAsync($"{Providers}/{provider}/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "claims.sub == 'orders-svc'" });
        using var service = gateway.Bearer(gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow())));

        foreach (var (audiences, status) in ((string[], HttpStatusCode)[])
            [
                ([], HttpStatusCode.NotFound),
                (["somebody-else"], HttpStatusCode.Unauthorized),
                (["somebody-else", "kafka-rest"], HttpStatusCode.NotFound),
                (["Kafka-Rest"], HttpStatusCode.Unauthorized),
                ([], HttpStatusCode.NotFound),
            ])
        {
            await gateway.SendAsync("PATCH", $"{Providers}/{provider}", new { expected_audiences = audiences });
            using var answer = await service.GetAsync("/kafka/v3/clusters/none/topics", TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Algorithms_and_the_access_token_type_are_set_changed_and_taken_away_and_shown_only_where_they_were_given()
    {
        await using var gateway = await ControlHost.StartAsync();
        var wanted = Provider(gateway, "https://one.example", null);
        wanted["allowed_algorithms"] = (string[])["RS256", "Ed25519"];
        wanted["require_access_token_type"] = true;
        var created = await gateway.CreateAsync(Providers, wanted);
        var path = $"{Providers}/{created.GetProperty("id").GetString()}";
        Assert.Equal("RS256,Ed25519 True", Rules(created));
        Assert.Equal("RS256,Ed25519 True", Rules((await gateway.SendAsync("GET", path)).Body));
        Assert.Equal("RS256,Ed25519 True", Rules((await gateway.SendAsync("PATCH", path, new { description = "x" })).Body));
        Assert.Equal("RS256,Ed25519 -", Rules((await gateway.SendAsync("PATCH", path, new { require_access_token_type = false })).Body));
        Assert.Equal("ES256 True", Rules((await gateway.SendAsync("PATCH", path, """{"allowed_algorithms":["ES256"],"require_access_token_type":true}""")).Body));
        Assert.Equal("- -", Rules((await gateway.SendAsync("PATCH", path, """{"allowed_algorithms":null,"require_access_token_type":null}""")).Body));
        Assert.Equal("- -", Rules((await gateway.SendAsync("GET", path)).Body));

        static string Rules(JsonElement provider) =>
            $"{(provider.TryGetProperty("allowed_algorithms", out var names) ? string.Join(',', names.EnumerateArray().Select(n => n.GetString())) : "-")} {(provider.TryGetProperty("require_access_token_type", out var required) ? required.GetBoolean() : "-")}";
    }

    [Theory]
    [InlineData("allowed_algorithms", "[\"HS256\"]", "RS256")]
    [InlineData("allowed_algorithms", "[\"RS256\",\"none\"]", "'none'")]
    [InlineData("allowed_algorithms", "[\"rs256\"]", "'rs256'")]
    [InlineData("allowed_algorithms", "\"RS256\"", "array")]
    [InlineData("allowed_algorithms", "{}", "array")]
    [InlineData("require_access_token_type", "\"true\"", "true or false")]
    [InlineData("require_access_token_type", "1", "true or false")]
    public async Task A_rule_that_no_token_could_meet_or_nobody_understands_is_422(string member, string value, string holds)
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = $"{Providers}/{(await gateway.CreateAsync(Providers, Provider(gateway, "https://one.example", null))).GetProperty("id").GetString()}";

        var (status, answer) = await gateway.SendAsync("PATCH", path, $"{{\"{member}\":{value}}}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal($"/{member}", error.GetProperty("source").GetProperty("pointer").GetString());
        Assert.Contains(holds, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Algorithms_and_the_access_token_type_count_from_the_next_request_on_also_for_a_token_seen_before()
    {
        await using var gateway = await ControlHost.StartAsync();
        var provider = (await gateway.CreateAsync(Providers, Provider(gateway, gateway.Issuer.Issuer, null))).GetProperty("id").GetString();
        await gateway.CreateAsync($"{Providers}/{provider}/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "claims.sub == 'orders-svc'" });
        using var service = gateway.Bearer(gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow())));

        foreach (var (rules, status) in ((string, HttpStatusCode)[])
            [
                ("{}", HttpStatusCode.NotFound),
                ("""{"allowed_algorithms":["ES256","EdDSA"]}""", HttpStatusCode.Unauthorized),
                ("""{"allowed_algorithms":["ES256","RS256"]}""", HttpStatusCode.NotFound),
                ("""{"require_access_token_type":true}""", HttpStatusCode.Unauthorized),
                ("""{"require_access_token_type":false}""", HttpStatusCode.NotFound),
            ])
        {
            await gateway.SendAsync("PATCH", $"{Providers}/{provider}", rules);
            using var answer = await service.GetAsync("/kafka/v3/clusters/none/topics", TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static Dictionary<string, object?> Provider(ControlHost gateway, string issuer, string[]? audiences) => new(StringComparer.Ordinal)
    {
        ["display_name"] = "p",
        ["description"] = "",
        ["expected_audiences"] = audiences,
        ["issuer"] = issuer,
        ["jwks_uri"] = gateway.Issuer.JwksUri,
    };

    private static IEnumerable<string?>? Audiences(JsonElement provider) =>
        provider.TryGetProperty("expected_audiences", out var audiences) ? audiences.EnumerateArray().Select(a => a.GetString()) : null;
}
