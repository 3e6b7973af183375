using System.Net;
using System.Text.Json;

namespace Sluice.Tests.ControlPlane;

/// <summary><c>expected_audiences</c>, an extension of the identity provider's body.</summary>
public sealed class ExpectedAudiencesTests
{
    private const string Providers = "/iam/v2/identity-providers";

    [Fact]
    public async Task They_are_set_changed_and_taken_away_and_shown_only_where_they_were_given()
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
    public async Task They_count_from_the_next_request_on_also_for_a_token_seen_before()
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
