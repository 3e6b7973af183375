using Sluice.Testing;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Cli;

public sealed class DemoTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task The_tour_through_a_gateway_of_its_own_shows_every_step()
    {
        using var cli = new CommandRunner();

        var demo = await cli.RunAsync("demo", "--records", "500");

        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.StartsWith("token    from http://127.0.0.1:", demo.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("topic    demo with 6 partitions on lkc-dev", demo.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("records  500 of 500 streamed over one connection are stored", demo.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("offsets  read back: 500 records", demo.Lines[3], StringComparison.Ordinal);
        Assert.Contains("refused  forged token: 401", demo.Output, StringComparison.Ordinal);
        Assert.Contains("refused  wrong pool: 403", demo.Output, StringComparison.Ordinal);
        Assert.Equal(2, demo.Lines.Count(l => l.TrimStart().StartsWith("why: ", StringComparison.Ordinal)));
        Assert.StartsWith("done", demo.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', demo.Output);
    }

    [Fact]
    public async Task A_running_gateway_is_toured_and_left_as_it_was()
    {
        using var cli = new CommandRunner();

        var demo = await cli.RunAsync("demo", "--url", fixture.Gateway.Info.Url, "--records", "10");
        var topics = await fixture.Gateway.GetAsync($"{fixture.Gateway.Cluster}/topics");

        Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
        Assert.Contains("10 of 10 streamed", demo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"demo-", topics.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_is_said_in_a_sentence()
    {
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "not-the-secret";

        var secret = await cli.RunAsync("demo", "--url", fixture.Gateway.Info.Url, "--client-id", "dev-client");
        var nobody = await cli.RunAsync("demo", "--url", $"http://127.0.0.1:{FreePort.Next()}");
        var without = await cli.RunAsync("demo", "--pool-id", "p");

        Assert.Equal(1, secret.ExitCode);
        Assert.Contains("invalid_client", secret.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", secret.Error, StringComparison.Ordinal);
        Assert.Equal(1, nobody.ExitCode);
        Assert.Contains("Nothing listens", nobody.Error, StringComparison.Ordinal);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("--url", without.Error, StringComparison.Ordinal);
    }
}
