using Sluice.Dev;
using Sluice.Testing;
using Spectre.Console;

namespace Sluice.Tests.Dev;

/// <summary>What <c>sluice dev</c> prints is pasted: here too, into a real shell.</summary>
public sealed class BannerTests
{
    [Theory]
    [InlineData]
    [InlineData("--tls", "--urls", "https://127.0.0.1:0")]
    [InlineData("--urls", "http://[::1]:0")]
    [InlineData("--urls", "http://localhost:0", "--pool-id", "pool-mine", "--cluster-id", "lkc-mine")]
    public async Task The_commands_work_as_they_are_printed(params string[] arguments)
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        await using var sluice = await SluiceProcess.StartAsync(data: null, arguments);
        var commands = DevCommands.For(sluice.Info);

        var okta = await Curl.ShellAsync(string.Join("\n", [commands[0].Command, .. commands.Skip(2).Select(c => c.Command)]), TestContext.Current.CancellationToken);
        var entra = await Curl.ShellAsync($"{commands[1].Command}\n{commands[3].Command}", TestContext.Current.CancellationToken);

        Assert.Contains("\"topic_name\":\"topic-2\"", okta, StringComparison.Ordinal);
        Assert.Contains("\"error_code\":200", okta, StringComparison.Ordinal);
        Assert.Contains("\"error_code\":200", entra, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sluices_own_commands_work_as_they_are_printed()
    {
        Assert.SkipUnless(Curl.Installed, Curl.Missing);
        await using var sluice = await SluiceProcess.StartAsync(data: null, "--tls", "--urls", "https://127.0.0.1:0");
        var configuration = Directory.CreateTempSubdirectory("sluice-banner-");
        var program = $"dotnet '{typeof(DevInfo).Assembly.Location}'";

        var output = await Curl.ShellAsync(
            $"export XDG_CONFIG_HOME='{configuration.FullName}'\nset -e\n"
            + string.Join("\n", DevCommands.OfSluice(sluice.Info, program).Select(c => c.Command)).Replace("demo --url", "demo --records 100 --url", StringComparison.Ordinal)
            + $"\n{program} pool list",
            TestContext.Current.CancellationToken);
        configuration.Delete(recursive: true);

        Assert.Contains("100 of 100 streamed", output, StringComparison.Ordinal);
        Assert.Contains("pool-dev", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_is_on_one_line_however_narrow_the_terminal_is()
    {
        var info = new DevInfo
        {
            Url = "http://127.0.0.1:8082",
            OktaTokenUrl = "http://127.0.0.1:8082/oauth2/default/v1/token",
            EntraTokenUrl = "http://127.0.0.1:8082/tenant/oauth2/v2.0/token",
            ClientId = "dev-client",
            ClientSecret = "dev-secret",
            Scope = "kafka",
            ProviderId = "op-dev",
            PoolId = "pool-dev",
            ClusterId = "lkc-dev",
            ClusterCrn = "crn://…",
            ApiKey = "KEY",
            ApiSecret = new string('s', 100),
        };
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = 40;

        DevBanner.Print(console, info, "/data");

        var lines = writer.ToString().Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        Assert.All(DevCommands.For(info), c => Assert.Contains(c.Command, lines));
        Assert.Contains(lines, l => l.EndsWith($"KEY / {info.ApiSecret}", StringComparison.Ordinal));
    }
}
