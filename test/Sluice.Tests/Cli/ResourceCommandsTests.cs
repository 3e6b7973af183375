using System.Text.Json;
using Sluice.Testing;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Cli;

/// <summary>Every resource through its whole life, by the commands, against the real gateway.</summary>
public sealed class ResourceCommandsTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private GatewayHost Gateway => fixture.Gateway;

    [Fact]
    public async Task A_provider_is_created_listed_shown_changed_and_deleted()
    {
        using var cli = await LoggedInAsync();
        await using var issuer = await ScriptedProvider.StartAsync();

        var created = (await cli.RunAsync(
            "provider", "create", "--name", "Okta", "--description", "people", "--issuer", issuer.Issuer, "--jwks-uri", issuer.JwksUri, "-o", "json")).Json;
        var id = Id(created);
        var list = await cli.RunAsync("provider", "list");
        var updated = (await cli.RunAsync("provider", "update", id, "--name", "Okta EU", "--identity-claim", "claims.cid", "-o", "json")).Json;
        var got = await cli.RunAsync("provider", "get", id);
        var deleted = await cli.RunAsync("provider", "delete", id, "--yes");
        var gone = await cli.RunAsync("provider", "get", id);

        Assert.StartsWith("op-", id, StringComparison.Ordinal);
        Assert.Contains(list.Lines, l => l.StartsWith(id, StringComparison.Ordinal) && l.Contains(issuer.Issuer, StringComparison.Ordinal));
        Assert.Equal(("Okta EU", "claims.cid", "people"), (Text(updated, "display_name"), Text(updated, "identity_claim"), Text(updated, "description")));
        Assert.Contains(got.Lines, l => l.StartsWith("Name ", StringComparison.Ordinal) && l.EndsWith("Okta EU", StringComparison.Ordinal));
        Assert.Equal($"Deleted identity provider {id}.", Assert.Single(deleted.Lines));
        Assert.Equal((1, ""), (gone.ExitCode, gone.Output));
        Assert.Contains(id, gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_providers_expected_audiences_are_given_one_by_one_and_taken_away_with_an_empty_one()
    {
        using var cli = await LoggedInAsync();
        await using var issuer = await ScriptedProvider.StartAsync();

        var created = (await cli.RunAsync(
            "provider", "create", "--name", "Audiences", "--issuer", issuer.Issuer, "--expected-audience", "kafka", "--expected-audience", "other", "-o", "json")).Json;
        var id = Id(created);
        var shown = await cli.RunAsync("provider", "get", id);
        var kept = (await cli.RunAsync("provider", "update", id, "--description", "x", "-o", "json")).Json;
        var cleared = (await cli.RunAsync("provider", "update", id, "--expected-audience", "", "-o", "json")).Json;
        await cli.RunAsync("provider", "delete", id, "--yes");

        Assert.Equal(["kafka", "other"], created.GetProperty("expected_audiences").EnumerateArray().Select(a => a.GetString()));
        Assert.Contains(shown.Lines, l => l.StartsWith("Expected audiences", StringComparison.Ordinal) && l.EndsWith("kafka, other", StringComparison.Ordinal));
        Assert.Equal(2, kept.GetProperty("expected_audiences").GetArrayLength());
        Assert.False(cleared.TryGetProperty("expected_audiences", out _));
    }

    [Fact]
    public async Task A_providers_algorithms_and_token_type_are_given_and_taken_away()
    {
        using var cli = await LoggedInAsync();
        await using var issuer = await ScriptedProvider.StartAsync();

        var created = (await cli.RunAsync(
            "provider", "create", "--name", "Strict", "--issuer", issuer.Issuer, "--allowed-algorithm", "RS256", "--require-access-token-type", "true", "-o", "json")).Json;
        var id = Id(created);
        var cleared = (await cli.RunAsync("provider", "update", id, "--allowed-algorithm", "", "--require-access-token-type", "false", "-o", "json")).Json;
        var refused = await cli.RunAsync("provider", "update", id, "--require-access-token-type", "yes");
        await cli.RunAsync("provider", "delete", id, "--yes");

        Assert.Equal("RS256", Assert.Single(created.GetProperty("allowed_algorithms").EnumerateArray()).GetString());
        Assert.True(created.GetProperty("require_access_token_type").GetBoolean());
        Assert.False(cleared.TryGetProperty("allowed_algorithms", out _));
        Assert.False(cleared.TryGetProperty("require_access_token_type", out _));
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("'true'", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_gets_the_address_of_its_keys_by_discovery()
    {
        using var cli = await LoggedInAsync();
        await using var issuer = await ScriptedProvider.StartAsync();

        var created = (await cli.RunAsync("provider", "create", "--name", "Discovered", "--issuer", issuer.Issuer, "-o", "json")).Json;
        var slash = await cli.RunAsync("provider", "create", "--name", "Slash", "--issuer", issuer.Issuer + "/");

        Assert.Equal(issuer.JwksUri, Text(created, "jwks_uri"));
        Assert.Equal(1, slash.ExitCode);
        Assert.Contains($"use {issuer.Issuer}.", slash.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_is_found_without_its_provider()
    {
        using var cli = await LoggedInAsync();

        var created = (await cli.RunAsync(
            "pool", "create", "--provider", Gateway.Info.ProviderId, "--name", "Writers", "--filter", "claims.aud == \"kafka\"", "-o", "json")).Json;
        var id = Id(created);
        var everywhere = (await cli.RunAsync("pool", "list", "-o", "json")).Json;
        var updated = (await cli.RunAsync("pool", "update", id, "--filter", "claims.aud == \"other\"", "-o", "json")).Json;
        var got = await cli.RunAsync("pool", "get", id, "--provider", Gateway.Info.ProviderId);
        var deleted = await cli.RunAsync("pool", "delete", id, "-y");
        var gone = await cli.RunAsync("pool", "get", id);

        Assert.Equal("claims.sub", Text(created, "identity_claim"));
        Assert.Contains(everywhere.EnumerateArray(), p => Id(p) == id && Text(p, "provider") == Gateway.Info.ProviderId);
        Assert.Equal(("claims.aud == \"other\"", "Writers"), (Text(updated, "filter"), Text(updated, "display_name")));
        Assert.Contains(got.Lines, l => l.EndsWith("claims.aud == \"other\"", StringComparison.Ordinal));
        Assert.Equal(0, deleted.ExitCode);
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("No provider has an identity pool", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_does_not_compile_comes_back_with_a_caret()
    {
        using var cli = await LoggedInAsync();

        var created = await cli.RunAsync("pool", "create", "--provider", Gateway.Info.ProviderId, "--name", "Wrong", "--filter", "claims.aud = \"kafka\"");

        Assert.Equal((1, ""), (created.ExitCode, created.Output));
        var lines = created.Error.Split('\n');
        var source = Array.FindIndex(lines, l => l.Contains("claims.aud = \"kafka\"", StringComparison.Ordinal));
        Assert.Equal(lines[source].IndexOf('=', StringComparison.Ordinal), lines[source + 1].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_configuration_declares_and_what_is_taken_is_refused_with_the_reason()
    {
        using var cli = await LoggedInAsync();
        await cli.RunAsync("service-account", "create", "--name", "taken");

        var declared = await cli.RunAsync("provider", "delete", Gateway.Info.ProviderId, "--yes");
        var taken = await cli.RunAsync("service-account", "create", "--name", "taken");
        var nothing = await cli.RunAsync("provider", "update", Gateway.Info.ProviderId);

        Assert.Equal((1, 1, 2), (declared.ExitCode, taken.ExitCode, nothing.ExitCode));
        Assert.Contains("declared in the gateway's configuration", declared.Error, StringComparison.Ordinal);
        Assert.Contains("has this display name already", taken.Error, StringComparison.Ordinal);
        Assert.Contains("--name", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keys_secret_is_shown_once_and_works()
    {
        using var cli = await LoggedInAsync();
        var account = Id((await cli.RunAsync("service-account", "create", "--name", "billing", "-o", "json")).Json);

        var created = (await cli.RunAsync("key", "create", "--owner", account, "--resource", Gateway.Info.ClusterId, "--name", "first", "-o", "json")).Json;
        var (key, secret) = (Id(created), created.GetProperty("spec").GetProperty("secret").GetString()!);
        var table = await cli.RunAsync("key", "create", "--owner", account);
        var listed = await cli.RunAsync("key", "list", "--owner", account, "-o", "json");
        var shown = await cli.RunAsync("key", "get", key, "-o", "json");
        var renamed = (await cli.RunAsync("key", "update", key, "--description", "for invoices", "-o", "json")).Json;
        using var request = new HttpRequestMessage(HttpMethod.Get, Gateway.Cluster) { Headers = { Authorization = GatewayHost.Basic(key, secret) } };
        var answer = await Gateway.SendAsync(request);

        Assert.Contains(table.Lines, l => l.StartsWith("Secret ", StringComparison.Ordinal));
        Assert.Contains("shown this once", table.Error, StringComparison.Ordinal);
        Assert.Equal(2, listed.Json.GetArrayLength());
        Assert.DoesNotContain(secret, listed.Output + shown.Output, StringComparison.Ordinal);
        Assert.Equal(("first", "for invoices"), (Text(renamed.GetProperty("spec"), "display_name"), Text(renamed.GetProperty("spec"), "description")));
        Assert.Equal(200, answer.Status);
        Assert.Equal(0, (await cli.RunAsync("key", "delete", key, "--yes")).ExitCode);
        Assert.Equal(401, (await Gateway.SendAsync(Again(request))).Status);
    }

    [Fact]
    public async Task A_role_binding_takes_ids_and_names_for_its_scope()
    {
        using var cli = await LoggedInAsync();
        var principal = $"User:{Gateway.Info.PoolId}";

        var created = (await cli.RunAsync(
            "role-binding", "create", "--principal", principal, "--role", "DeveloperWrite", "--cluster", Gateway.Info.ClusterId, "--topic", "orders-*", "-o", "json")).Json;
        var listed = (await cli.RunAsync("role-binding", "list", "--principal", principal, "-o", "json")).Json;
        var onCluster = (await cli.RunAsync("role-binding", "list", "--cluster", Gateway.Info.ClusterId, "--role", "DeveloperWrite", "-o", "json")).Json;
        var replaced = await cli.RunAsync("role-binding", "update", Id(created), "--role", "DeveloperRead", "-o", "json");
        var old = await cli.RunAsync("role-binding", "get", Id(created));
        var nowhere = await cli.RunAsync("role-binding", "create", "--principal", principal, "--role", "DeveloperRead");
        var everything = (await cli.RunAsync("role-binding", "create", "--principal", "User:sa-1", "--role", "OrganizationAdmin", "--organization", "-o", "json")).Json;

        Assert.Equal($"{Gateway.Info.ClusterCrn}/topic=orders-*", Text(created, "crn_pattern"));
        Assert.Contains(listed.EnumerateArray(), b => Id(b) == Id(created));
        Assert.Contains(onCluster.EnumerateArray(), b => Id(b) == Id(created));
        Assert.Equal(("DeveloperRead", Text(created, "crn_pattern")), (Text(replaced.Json, "role_name"), Text(replaced.Json, "crn_pattern")));
        Assert.Contains("takes the place of", replaced.Error, StringComparison.Ordinal);
        Assert.Equal(1, old.ExitCode);
        Assert.Equal(2, nowhere.ExitCode);
        Assert.Contains("--cluster", nowhere.Error, StringComparison.Ordinal);
        Assert.Matches("^crn://confluent.cloud/organization=[0-9a-f-]+$", Text(everything, "crn_pattern"));
        Assert.Equal(0, (await cli.RunAsync("role-binding", "delete", Id(replaced.Json), Id(everything), "--yes")).ExitCode);
    }

    [Fact]
    public async Task Environments_and_clusters_are_there_too()
    {
        using var cli = await LoggedInAsync();

        var created = Id((await cli.RunAsync("environment", "create", "--name", "test", "-o", "json")).Json);
        var renamed = (await cli.RunAsync("environment", "update", created, "--name", "staging", "-o", "json")).Json;
        var deleted = await cli.RunAsync("environment", "delete", created, "--yes");
        var clusters = await cli.RunAsync("cluster", "list");
        var cluster = await cli.RunAsync("cluster", "get", Gateway.Info.ClusterId);

        Assert.Equal("staging", Text(renamed, "display_name"));
        Assert.Equal(0, deleted.ExitCode);
        Assert.Contains(clusters.Lines, l => l.StartsWith(Gateway.Info.ClusterId, StringComparison.Ordinal));
        Assert.Contains(Gateway.Info.ClusterCrn, cluster.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_read_through_all_its_pages()
    {
        using var cli = await LoggedInAsync();
        for (var i = 0; i < 205; i++)
        {
            var answer = await AdministerAsync("/iam/v2/service-accounts", $$"""{"display_name":"many-{{i}}","description":""}""");
            Assert.Equal(201, answer.Status);
        }

        var list = (await cli.RunAsync("service-account", "list", "-o", "json")).Json;
        var one = (await cli.RunAsync("service-account", "list", "--name", "many-7", "-o", "json")).Json;

        Assert.Equal(205, list.EnumerateArray().Count(a => Text(a, "display_name").StartsWith("many-", StringComparison.Ordinal)));
        Assert.Equal("many-7", Text(Assert.Single(one.EnumerateArray()), "display_name"));
    }

    [Fact]
    public async Task Deleting_asks_at_a_terminal_and_needs_yes_elsewhere()
    {
        using var cli = await LoggedInAsync();
        var id = Id((await cli.RunAsync("service-account", "create", "--name", "to-delete", "-o", "json")).Json);

        var unasked = await cli.RunAsync("service-account", "delete", id);
        var answers = new ScriptedAnswers("n", "y");
        cli.Questions = answers;
        var refused = await cli.RunAsync("service-account", "delete", id);
        var agreed = await cli.RunAsync("service-account", "delete", id);

        Assert.Equal(2, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal($"Delete the service account {id} (to-delete)?", answers.Asked[0]);
        Assert.Equal(0, agreed.ExitCode);
    }

    [Fact]
    public async Task A_display_name_cannot_control_the_terminal()
    {
        using var cli = await LoggedInAsync();
        var id = Id((await cli.RunAsync("service-account", "create", "--name", "a\u001b[31mb\u202ec", "-o", "json")).Json);

        var list = await cli.RunAsync("service-account", "list");

        Assert.Contains(list.Lines, l => l.StartsWith(id, StringComparison.Ordinal) && l.Contains(@"a\u001b[31mb\u202ec", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', list.Output);
    }

    private static string Id(JsonElement resource) => Text(resource, "id");

    private static string Text(JsonElement resource, string member) => resource.GetProperty(member).GetString()!;

    private static HttpRequestMessage Again(HttpRequestMessage request) => new(request.Method, request.RequestUri) { Headers = { Authorization = request.Headers.Authorization } };

    private async Task<CommandRunner> LoggedInAsync()
    {
        var cli = new CommandRunner();
        await cli.LogInAsync(Gateway);
        return cli;
    }

    private async Task<Answer> AdministerAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = GatewayHost.Basic(Gateway.Info.ApiKey, Gateway.Info.ApiSecret);
        return await Gateway.SendAsync(request);
    }
}
