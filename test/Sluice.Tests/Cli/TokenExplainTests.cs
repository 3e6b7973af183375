using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Testing;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Cli;

public sealed class TokenExplainTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private GatewayHost Gateway => fixture.Gateway;

    [Fact]
    public async Task A_good_token_is_explained_check_by_check_to_an_administrator()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);

        var explained = await cli.RunWithInputAsync(await Gateway.TokenAsync() + "\n", "token", "explain");

        Assert.Equal((0, ""), (explained.ExitCode, explained.Error));
        Assert.Equal("accepted", explained.Lines[0].Trim());
        Assert.Contains(explained.Lines, l => l.StartsWith("issuer", StringComparison.Ordinal) && l.Contains(Gateway.Info.ProviderId, StringComparison.Ordinal));
        Assert.Contains(explained.Lines, l => l.StartsWith("  ok signature", StringComparison.Ordinal));
        Assert.Contains(explained.Lines, l => l.StartsWith("pool", StringComparison.Ordinal) && l.Contains(Gateway.Info.PoolId, StringComparison.Ordinal));
        Assert.Contains(explained.Lines, l => l.StartsWith("acts as", StringComparison.Ordinal) && l.EndsWith($"User:{Gateway.Info.PoolId}", StringComparison.Ordinal));
        Assert.Contains(explained.Lines, l => l.StartsWith("identity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_forged_token_is_refused_and_the_failed_check_is_named()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);
        var token = await Gateway.TokenAsync();

        var explained = await cli.RunAsync("token", "explain", token[..^8] + "AAAAAAAA");

        Assert.Equal(1, explained.ExitCode);
        Assert.StartsWith("refused", explained.Output, StringComparison.Ordinal);
        Assert.Contains(explained.Lines, l => l.StartsWith("  NO signature", StringComparison.Ordinal));
        Assert.DoesNotContain(token, explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_holder_may_ask_without_a_login()
    {
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_TOKEN"] = await Gateway.TokenAsync();

        var explained = await cli.RunAsync("token", "explain", "--url", Gateway.Info.Url, "--output", "json");
        var nowhere = await cli.RunAsync("token", "explain");

        Assert.Equal("TokenExplanation", explained.Json.GetProperty("kind").GetString());
        Assert.Equal(2, nowhere.ExitCode);
        Assert.Contains("--url", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_found_behind_what_editors_and_shells_put_around_it()
    {
        using var cli = new CommandRunner();
        var token = await Gateway.TokenAsync();

        var marked = await cli.RunWithInputAsync($"\uFEFFBearer {token}\r\n", "token", "explain", "-", "--url", Gateway.Info.Url);
        var two = await cli.RunWithInputAsync($"{token}\n{token}", "token", "explain", "-", "--url", Gateway.Info.Url);

        Assert.Equal(0, marked.ExitCode);
        Assert.Equal(2, two.ExitCode);
        Assert.StartsWith("error: This is no token", two.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--operation goes with", "--operation", "WRITE")]
    [InlineData("--operation goes with", "--topic", "a")]
    [InlineData("--client-address must be", "--operation", "write", "--topic", "a", "--client-address", "here")]
    public async Task A_question_that_makes_no_sense_is_an_error_of_use(string expected, params string[] arguments)
    {
        using var cli = new CommandRunner();

        var explained = await cli.RunWithInputAsync("a.b.c", ["token", "explain", "--url", Gateway.Info.Url, .. arguments]);

        Assert.Equal((2, ""), (explained.ExitCode, explained.Output));
        Assert.Contains(expected, explained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_with_a_forged_token_is_told_nothing()
    {
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_TOKEN"] = "e30.e30.AAAA";

        var explained = await cli.RunAsync("token", "explain", "--url", Gateway.Info.Url);

        Assert.Equal((1, ""), (explained.ExitCode, explained.Output));
        Assert.Contains("refused the token", explained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_part_of_the_filter_that_decided_is_printed_with_the_claim()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);
        var pool = await CreatePoolAsync("claims.iss != 'x' && claims.sub == 'somebody-else'");

        var explained = await cli.RunAsync("token", "explain", "--pool", pool, await Gateway.TokenAsync());
        var json = await cli.RunAsync("token", "explain", "--pool", pool, "--output", "json", await Gateway.TokenAsync());

        Assert.Equal(1, explained.ExitCode);
        Assert.Contains(explained.Lines, l => l.StartsWith("  filter", StringComparison.Ordinal) && l.EndsWith("= false", StringComparison.Ordinal));
        var decided = Assert.Single(explained.Lines, l => l.Contains("decided by", StringComparison.Ordinal));
        Assert.Contains("claims.sub == 'somebody-else' = false", decided.Replace('"', '\''), StringComparison.Ordinal);
        Assert.Contains("claims.sub is ", decided, StringComparison.Ordinal);
        var part = JsonElement.Parse(json.Output).GetProperty("pools")[0].GetProperty("decided_by")[0];
        Assert.Equal(("false", true), (part.GetProperty("value").GetString(), part.GetProperty("expression").GetString()!.StartsWith("claims.sub ==", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_of_the_gateways_own_exchange_is_explained()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);
        var own = await ExchangeAsync();

        var explained = await cli.RunAsync("token", "explain", own);
        var forged = await cli.RunAsync("token", "explain", own[..^8] + "AAAAAAAA");

        Assert.Equal((0, "accepted"), (explained.ExitCode, explained.Lines[0].Trim()));
        Assert.Contains(explained.Lines, l => l.StartsWith("acts as", StringComparison.Ordinal) && l.EndsWith($"User:{Gateway.Info.PoolId}", StringComparison.Ordinal));
        Assert.DoesNotContain(explained.Lines, l => l.StartsWith("  filter", StringComparison.Ordinal) && l.TrimEnd().EndsWith('='));
        Assert.Equal(1, forged.ExitCode);
        Assert.Contains(forged.Lines, l => l.StartsWith("  NO signature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operation_gets_its_decision()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);
        cli.Variables["SLUICE_TOKEN"] = await Gateway.TokenAsync();

        var explained = await cli.RunAsync("token", "explain", "--pool", Gateway.Info.PoolId, "--operation", "write", "--topic", "orders");
        var wrong = await cli.RunAsync("token", "explain", "--operation", "write");
        var unknown = await cli.RunAsync("token", "explain", "--operation", "JUMP", "--topic", "orders");

        Assert.Contains(explained.Lines, l => l.Contains("WRITE on TOPIC orders", StringComparison.Ordinal));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("operation must be one of", unknown.Error, StringComparison.Ordinal);
    }

    private async Task<string> ExchangeAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sts/v1/oauth2/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
                new("subject_token", await Gateway.TokenAsync()),
                new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
                new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
                new("identity_pool_id", Gateway.Info.PoolId),
            ]),
        };
        var answer = await Gateway.SendAsync(request);
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json.GetProperty("access_token").GetString()!;
    }

    private async Task<string> CreatePoolAsync(string filter)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/iam/v2/identity-providers/{Gateway.Info.ProviderId}/identity-pools")
        {
            Content = new StringContent(
                new JsonObject { ["display_name"] = $"p-{Guid.NewGuid():N}", ["description"] = "", ["identity_claim"] = "claims.sub", ["filter"] = filter }.ToJsonString(),
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Authorization = GatewayHost.Basic(Gateway.Info.ApiKey, Gateway.Info.ApiSecret);
        var made = await Gateway.SendAsync(request);
        Assert.True(made.Status == 201, made.Body);
        return made.Json.GetProperty("id").GetString()!;
    }
}
