using Sluice.Testing;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Cli;

public sealed class LoginTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private GatewayHost Gateway => fixture.Gateway;

    [Fact]
    public async Task Login_keeps_the_key_in_a_file_that_only_its_owner_can_read()
    {
        using var cli = new CommandRunner();

        var login = await cli.RunWithInputAsync(
            Gateway.Info.ApiSecret + "\n", "login", "--url", Gateway.Info.Url, "--api-key", Gateway.Info.ApiKey, "--api-secret-stdin");
        var list = await cli.RunAsync("provider", "list", "--output", "json");

        Assert.Equal((0, ""), (login.ExitCode, login.Output));
        Assert.DoesNotContain(Gateway.Info.ApiSecret, login.Error, StringComparison.Ordinal);
        Assert.Contains(list.Json.EnumerateArray(), p => p.GetProperty("id").GetString() == Gateway.Info.ProviderId);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cli.ContextFile));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(cli.ContextFile)!));
        }
    }

    [Fact]
    public async Task Login_asks_for_what_was_not_given_and_does_not_show_the_secret()
    {
        using var cli = new CommandRunner();
        var answers = new ScriptedAnswers(Gateway.Info.Url, Gateway.Info.ApiKey, Gateway.Info.ApiSecret);
        cli.Questions = answers;

        var login = await cli.RunAsync("login");

        Assert.Equal(0, login.ExitCode);
        Assert.Equal(["Gateway URL", "API key", "API secret (secret)"], answers.Asked);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_nothing_is_kept()
    {
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_API_SECRET"] = "not-the-secret";

        var login = await cli.RunAsync("login", "--url", Gateway.Info.Url, "--api-key", Gateway.Info.ApiKey);

        Assert.Equal(1, login.ExitCode);
        Assert.Contains($"refused the API key '{Gateway.Info.ApiKey}'", login.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", login.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(cli.ContextFile));
    }

    [Theory]
    [InlineData("--url", "ftp://127.0.0.1", "no http or https URL")]
    [InlineData("--url", "http://user:pw@127.0.0.1", "must have no user")]
    [InlineData("--api-key", "", "API secret is missing")]
    public async Task Login_says_what_is_missing_or_wrong(string option, string value, string expected)
    {
        using var cli = new CommandRunner();

        var login = await cli.RunAsync(["login", option, value, .. option == "--url" ? (string[])["--api-key", "K"] : ["--url", "http://127.0.0.1:1"]]);

        Assert.Equal(2, login.ExitCode);
        Assert.Contains(expected, login.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_is_enough_and_nothing_is_written()
    {
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_URL"] = Gateway.Info.Url;
        cli.Variables["SLUICE_API_KEY"] = Gateway.Info.ApiKey;
        cli.Variables["SLUICE_API_SECRET"] = Gateway.Info.ApiSecret;

        var list = await cli.RunAsync("environment", "list");

        Assert.Equal(0, list.ExitCode);
        Assert.StartsWith("ID ", list.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(cli.ContextFile));
    }

    [Fact]
    public async Task Half_a_connection_in_the_environment_is_refused()
    {
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_API_KEY"] = Gateway.Info.ApiKey;

        var list = await cli.RunAsync("environment", "list");

        Assert.Equal(2, list.ExitCode);
        Assert.Contains("SLUICE_API_SECRET", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_login_commands_say_how_to_log_in()
    {
        using var cli = new CommandRunner();

        var list = await cli.RunAsync("pool", "list");

        Assert.Equal((2, ""), (list.ExitCode, list.Output));
        Assert.Contains("sluice login", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_never_sent_to_another_server_than_it_was_given_for()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);

        var list = await cli.RunAsync("pool", "list", "--url", "http://127.0.0.1:1");

        Assert.Equal(2, list.ExitCode);
        Assert.Contains("not logged in to http://127.0.0.1:1/", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_logins_are_kept_chosen_and_forgotten()
    {
        using var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);
        cli.Variables["SLUICE_API_SECRET"] = Gateway.Info.ApiSecret;
        var second = await cli.RunAsync("login", "--url", Gateway.Info.Url, "--api-key", Gateway.Info.ApiKey, "--context", "second");
        cli.Variables.Clear();

        var both = (await cli.RunAsync("context", "list", "-o", "json")).Json;
        var use = await cli.RunAsync("context", "use", "default");
        var missing = await cli.RunAsync("provider", "list", "--context", "third");
        var chosen = await cli.RunAsync("provider", "list", "--context", "second");
        var logout = await cli.RunAsync("logout");
        var left = (await cli.RunAsync("context", "list", "-o", "json")).Json;
        var all = await cli.RunAsync("logout", "--all");

        Assert.Equal(0, second.ExitCode);
        Assert.Equal(["default", "second"], both.EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.DoesNotContain(Gateway.Info.ApiSecret, both.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, use.ExitCode);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("default, second", missing.Error, StringComparison.Ordinal);
        Assert.Equal(0, chosen.ExitCode);
        Assert.Contains("The current context is now 'second'", logout.Error, StringComparison.Ordinal);
        Assert.Equal("second", Assert.Single(left.EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(0, all.ExitCode);
        Assert.DoesNotContain(Gateway.Info.ApiSecret, await File.ReadAllTextAsync(cli.ContextFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_file_of_contexts_is_named()
    {
        using var cli = new CommandRunner();
        Directory.CreateDirectory(Path.GetDirectoryName(cli.ContextFile)!);
        await File.WriteAllTextAsync(cli.ContextFile, "{ not json", TestContext.Current.CancellationToken);

        var list = await cli.RunAsync("provider", "list");

        Assert.Equal(2, list.ExitCode);
        Assert.Contains(cli.ContextFile, list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_gateway_gets_no_login()
    {
        await using var other = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_API_SECRET"] = "s";

        var login = await cli.RunAsync("login", "--url", other.Issuer, "--api-key", "K");

        Assert.Equal(1, login.ExitCode);
        Assert.Contains("not as a gateway does", login.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(cli.ContextFile));
    }

    [Fact]
    public async Task When_nothing_listens_the_address_is_named()
    {
        using var cli = new CommandRunner();
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        cli.Variables["SLUICE_API_SECRET"] = "s";

        var login = await cli.RunAsync("login", "--url", url, "--api-key", "K");

        Assert.Equal(1, login.ExitCode);
        Assert.Contains($"Nothing listens at {url} (connection refused)", login.Error, StringComparison.Ordinal);
    }
}
