using System.Text.Json.Nodes;

namespace Sluice.Tests.Identity;

/// <summary>The gateway's own tokens (<c>/sts/v1/oauth2/token</c>) on the data plane: what is refused of providers' tokens is refused of these.</summary>
public sealed class ExchangedTokenAttacks(IssuerGatewayFixture fixture) : IClassFixture<IssuerGatewayFixture>
{
    private readonly IssuerGateway _host = fixture.Host;

    [Theory]
    [InlineData("{0}=")]
    [InlineData("{0}==")]
    [InlineData("{0}.")]
    [InlineData("{0}A")]
    [InlineData("{0}+/")]
    public async Task Attack_38_a_second_spelling_of_it_is_refused_and_explained_so(string shape)
    {
        var token = shape.Replace("{0}", await ExchangeAsync(), StringComparison.Ordinal);

        var answer = await _host.PresentAsync(token);
        var explained = await _host.AdministerAsync(HttpMethod.Post, "/sluice/v1/tokens:explain", new JsonObject { ["token"] = token });

        Assert.Equal((401, 40101), (answer.Status, answer.ErrorCode));
        Assert.False(explained.Json.GetProperty("accepted").GetBoolean());
    }

    [Theory]
    [InlineData("Bearer {0} trailing")]
    [InlineData("Bearer {0},{0}")]
    [InlineData("Bearer \"{0}\"")]
    [InlineData("Bearer\t{0}")]
    public async Task Attack_74_a_malformed_field_is_an_invalid_request(string shape)
    {
        var answer = await RawHttp.GetAsync(
            _host.Gateway.Info.Url, _host.Topics, $"Authorization: {shape.Replace("{0}", await ExchangeAsync(), StringComparison.Ordinal)}");

        Assert.Equal(400, answer.Status);
        Assert.Contains("invalid_request", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData(" , ", 400)]
    [InlineData("pool a", 400)]
    [InlineData("p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10", 400)]
    [InlineData("pool-other", 403)]
    [InlineData("pool-other, {0} ,", 200)]
    [InlineData("{0}", 200)]
    public async Task Attack_62_the_pool_header_is_read_as_for_every_token(string pools, int status)
    {
        var answer = await RawHttp.GetAsync(
            _host.Gateway.Info.Url,
            _host.Topics,
            $"Authorization: Bearer {await ExchangeAsync()}",
            $"Confluent-Identity-Pool-Id: {pools.Replace("{0}", _host.PoolId, StringComparison.Ordinal)}");

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task An_audience_that_is_expected_from_now_on_ends_the_tokens_from_before()
    {
        await using var host = await IssuerGateway.StartAsync();
        var token = await ExchangeAsync(host);
        Assert.Equal(200, (await host.PresentAsync(token)).Status);

        await host.AdministerAsync(
            HttpMethod.Patch,
            $"/iam/v2/identity-providers/{host.ProviderId}",
            new JsonObject { ["expected_audiences"] = new JsonArray("another") });

        Assert.Equal(401, (await host.PresentAsync(token)).Status);
    }

    [Fact]
    public async Task Whoever_is_denied_is_denied_with_an_exchanged_token_too()
    {
        // The subject is another: so the exchange itself goes through.
        await using var host = await IssuerGateway.StartAsync(null, "Sluice:Identity:DeniedSubjects:0=left-us");
        var pool = await host.CreatePoolAsync("true", "claims.login");
        await host.GrantAsync(pool, "CloudClusterAdmin");
        var denied = await ExchangeAsync(host, pool, host.Token(claims => claims["login"] = "left-us"));
        var other = await ExchangeAsync(host, pool, host.Token(claims => claims["login"] = "still-here"));

        Assert.Equal((401, 200), ((await host.PresentAsync(denied)).Status, (await host.PresentAsync(other)).Status));
    }

    private Task<string> ExchangeAsync() => ExchangeAsync(_host);

    private static async Task<string> ExchangeAsync(IssuerGateway host, string? pool = null, string? subject = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sts/v1/oauth2/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["identity_pool_id"] = pool ?? host.PoolId,
                ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["subject_token"] = subject ?? host.Token(),
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            }),
        };
        var answer = await host.Gateway.SendAsync(request);
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json.GetProperty("access_token").GetString()!;
    }
}
