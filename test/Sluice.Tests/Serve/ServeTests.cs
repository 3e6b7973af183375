using Microsoft.Extensions.DependencyInjection;
using Sluice.Identity;
using Sluice.Serve;
using Sluice.Testing;

namespace Sluice.Tests.Serve;

public sealed class ServeTests
{
    private const string Embedded = "Clusters:0:Kind=Embedded";
    private const string Id = "Clusters:0:ClusterId=lkc-local";

    [Fact]
    public async Task The_configured_administrator_makes_a_provider_and_a_pool_and_the_pool_produces()
    {
        await using var gateway = await ServeHost.StartAsync(Embedded, Id);
        var pool = await gateway.CreatePoolAsync("orders-svc");
        var token = gateway.Token("orders-svc");

        var topic = await gateway.SendAsync(token, pool, HttpMethod.Post, $"{ServeHost.ClusterPath("lkc-local")}/topics", """{"topic_name":"orders"}""");
        var record = await gateway.SendAsync(
            token, pool, HttpMethod.Post, $"{ServeHost.ClusterPath("lkc-local")}/topics/orders/records", """{"value":{"type":"STRING","data":"v"}}""");
        var stranger = await gateway.SendAsync(gateway.Token("other-svc"), pool, HttpMethod.Get, $"{ServeHost.ClusterPath("lkc-local")}/topics");

        Assert.Equal((201, 200, 200), (topic.Status, record.Status, record.Json.GetProperty("error_code").GetInt32()));
        Assert.InRange(stranger.Status, 401, 403);
    }

    [Theory]
    [InlineData("/oauth2/default/v1/token")]
    [InlineData("/oauth2/default/.well-known/openid-configuration")]
    [InlineData("/my-tenant/oauth2/v2.0/token")]
    [InlineData("/my-tenant/v2.0/.well-known/openid-configuration")]
    public async Task There_is_no_development_identity_provider(string path)
    {
        await using var gateway = await ServeHost.StartAsync(Embedded, Id);

        Assert.Equal(404, (await gateway.GetAsync(path)).Status);
        Assert.Null(gateway.Services.GetService(typeof(Sluice.Dev.IdentityProvider.DevelopmentIdentityProvider)));
        Assert.Equal(401, (await gateway.GetAsync(ServeHost.ClusterPath("lkc-local"))).Status);
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_and_the_command_line_over_both()
    {
        var directory = Directory.CreateTempSubdirectory("sluice-order-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "appsettings.json"),
                $$"""{"urls":"http://127.0.0.1:0","Sluice":{"DataDirectory":"{{directory.FullName}}/data"},"Clusters":[{"Kind":"Embedded","ClusterId":"lkc-file"},{"Kind":"Embedded","ClusterId":"lkc-file-2"}]}""",
                TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "more.json"), """{"Clusters":[{},{},{"Kind":"Embedded","ClusterId":"lkc-more"}]}""", TestContext.Current.CancellationToken);
            await using var sluice = await SluiceProcess.ServeAsync(
                directory.FullName,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["Clusters__0__ClusterId"] = "lkc-environment", ["Clusters__1__ClusterId"] = "lkc-environment-2" },
                "--config",
                "more.json",
                "--Clusters:1:ClusterId=lkc-argument");

            var ready = await sluice.GetAsync("/readyz");

            Assert.Equal("""{"status":"Healthy","clusters":{"lkc-environment":"Healthy","lkc-argument":"Healthy","lkc-more":"Healthy"}}""", ready.Body);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_deny_list_in_the_file_of_config_counts_without_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("sluice-reload-");
        try
        {
            var file = Path.Combine(directory.FullName, "more.json");
            await File.WriteAllTextAsync(file, """{"Sluice":{"Identity":{"DeniedTokenIds":["first"]}}}""", TestContext.Current.CancellationToken);
            var (gateway, problems) = await ServeGateway.StartAsync(
                new ServeArguments
                {
                    ConfigFile = file,
                    ContentRoot = directory.FullName,
                    Settings = ["--urls=http://127.0.0.1:0", $"--Sluice:DataDirectory={directory.FullName}/data", $"--{Embedded}", $"--{Id}", "--Logging:LogLevel:Default=None"],
                },
                TestContext.Current.CancellationToken);
            Assert.Empty(problems);
            await using (gateway)
            {
                var denied = gateway!.Services.GetRequiredService<IDenyList>();
                Assert.Equal((true, false), (denied.Denies("first", null), denied.Denies("second", null)));

                await File.WriteAllTextAsync(file, """{"Sluice":{"Identity":{"DeniedTokenIds":["second"],"DeniedSubjects":["left-us"]}}}""", TestContext.Current.CancellationToken);

                for (var i = 0; i < 600 && !denied.Denies("second", null); i++)
                {
                    await Task.Delay(50, TestContext.Current.CancellationToken);
                }

                Assert.Equal((false, true, true), (denied.Denies("first", null), denied.Denies("second", null), denied.Denies("x", "left-us")));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Admin_key_prints_settings_that_let_its_secret_in()
    {
        var (exit, output, _) = await SluiceProcess.RunAsync("serve", "admin-key");
        var lines = output.Split('\n');
        var secret = lines[2].Split("curl -u ")[1].Split(' ')[0].Split(':');
        await using var gateway = await ServeHost.StartAsync(
            [Embedded, Id, .. lines[..2].Select(line => line.Replace("__", ":", StringComparison.Ordinal)), "Sluice:Administrator:Secret="], null);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/iam/v2/identity-providers");
        request.Headers.Authorization = GatewayHost.Basic(secret[0], secret[1]);
        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((0, 200), (exit, (int)answer.StatusCode));
    }

    [Fact]
    public async Task A_refused_start_ends_with_1_and_every_problem_on_standard_error()
    {
        var (exit, output, error) = await SluiceProcess.RunAsync("serve", "--check", "--Clusters:0:Kind=Rabbit", "--Sluice:Nonsense=1");
        var (exit2, _, error2) = await SluiceProcess.RunAsync("serve", "nonsense");

        Assert.Equal((1, "", 1), (exit, output, exit2));
        Assert.Contains("Clusters:0:Kind", error);
        Assert.Contains("Sluice:Nonsense", error);
        Assert.Contains("'nonsense'", error2);
    }
}
