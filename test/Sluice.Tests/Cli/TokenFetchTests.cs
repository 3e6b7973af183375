using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.Testing;

namespace Sluice.Tests.Cli;

public sealed class TokenFetchTests
{
    [Fact]
    public async Task The_development_provider_gives_a_token_by_discovery_that_the_gateway_takes()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = gateway.Info.ClientSecret;
        var issuer = gateway.Info.OktaTokenUrl[..^"/v1/token".Length];

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", issuer, "--client-id", gateway.Info.ClientId, "--scope", gateway.Info.Scope);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{gateway.Cluster}/topics");
        request.Headers.Authorization = new("Bearer", fetched.Output.Trim());
        var topics = await gateway.SendAsync(request);

        Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
        Assert.Equal(200, topics.Status);
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task The_development_provider_takes_the_secret_either_way_by_explicit_url(string method)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var cli = new CommandRunner();

        var fetched = await cli.RunWithInputAsync(
            gateway.Info.ClientSecret, "token", "fetch", "--token-url", gateway.Info.EntraTokenUrl, "--client-id", gateway.Info.ClientId, "--client-secret-stdin",
            "--scope", $"api://{gateway.Info.ClientId}/.default", "--auth", method, "-o", "json");

        Assert.Equal("Bearer", fetched.Json.GetProperty("token_type").GetString());
        Assert.Equal(3, fetched.Json.GetProperty("access_token").GetString()!.Split('.').Length);
    }

    [Fact]
    public async Task The_request_carries_everything_that_was_asked_for()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "p+w/ä";

        var fetched = await cli.RunAsync(
            "token", "fetch", "--issuer", provider.Issuer, "--client-id", "cl:1", "--scope", "a", "--scope", "b", "--audience", "kafka", "--resource", "urn:x", "--param", "tenant=t=1");

        Assert.Equal((0, "a.b.c\n"), (fetched.ExitCode, fetched.Output.ReplaceLineEndings("\n")));
        Assert.Equal(
            ("client_credentials", "a b", "kafka", "urn:x", "t=1"),
            (provider.Form["grant_type"], provider.Form["scope"], provider.Form["audience"], provider.Form["resource"], provider.Form["tenant"]));

        // RFC 6749 §2.3.1: id and secret are form-urlencoded before they are joined.
        Assert.Equal("cl%3A1:p%2Bw%2F%C3%A4", Encoding.UTF8.GetString(Convert.FromBase64String(provider.Authorization["Basic ".Length..])));
        Assert.DoesNotContain("client_secret", provider.Form.Keys);
    }

    [Theory]
    [InlineData("grant_type=password")]
    [InlineData("scope=a")]
    [InlineData("client_id=other")]
    [InlineData("client_secret=s")]
    [InlineData("client_assertion=a")]
    [InlineData("=x")]
    [InlineData("x")]
    public async Task A_parameter_that_the_command_sends_itself_or_that_has_no_name_is_an_error_of_use(string parameter)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "s";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer, "--client-id", "c", "--param", parameter);

        Assert.Equal(2, fetched.ExitCode);
        Assert.StartsWith($"error: --param {parameter.Split('=')[0]}", fetched.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_goes_into_the_form_where_the_provider_takes_only_that()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnDiscovery = d => d["token_endpoint_auth_methods_supported"] = new System.Text.Json.Nodes.JsonArray("client_secret_post", "private_key_jwt");
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_ID"] = "client";
        cli.Variables["SLUICE_CLIENT_SECRET"] = "secret";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer);

        Assert.Equal(0, fetched.ExitCode);
        Assert.Equal(("client", "secret", ""), (provider.Form["client_id"], provider.Form["client_secret"], provider.Authorization));
    }

    [Theory]
    [InlineData("{\"token_type\":\"Bearer\"}")]
    [InlineData("{\"access_token\":null}")]
    [InlineData("{\"access_token\":\"\",\"token_type\":\"Bearer\"}")]
    [InlineData("{\"access_token\":\"a.b\\u001b[31m.c\",\"token_type\":\"Bearer\"}")]
    [InlineData("{\"access_token\":\"a.b.c\\nd\",\"token_type\":\"Bearer\"}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task An_answer_without_a_token_is_a_failure(string answer)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnToken = (_, _) => Results.Text(answer, "application/json");
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "s";

        var fetched = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "c");

        Assert.Equal((1, ""), (fetched.ExitCode, fetched.Output));
        Assert.StartsWith("error: ", fetched.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', fetched.Error);
    }

    [Fact]
    public async Task Discovery_asks_for_the_document_alone_so_keys_that_only_the_gateway_reaches_do_not_matter()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnDiscovery = d =>
        {
            d["jwks_uri"] = "http://127.0.0.1:1/keys";
            d["userinfo_endpoint"] = "not absolute";
        };
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "s";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer, "--client-id", "c");

        Assert.Equal((0, ""), (fetched.ExitCode, fetched.Error));
    }

    [Theory]
    [InlineData("/token", "names the token endpoint '/token'")]
    [InlineData("file:///etc/passwd", "no http or https URL")]
    [InlineData(null, "names no token endpoint")]
    [InlineData("http://idp.example/token", "in the clear")]
    public async Task A_discovered_endpoint_that_cannot_be_used_is_told(string? endpoint, string expected)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnDiscovery = d => d["token_endpoint"] = endpoint;
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "s";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer, "--client-id", "c");

        Assert.NotEqual(0, fetched.ExitCode);
        Assert.Contains(expected, fetched.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task A_provider_that_repeats_the_request_does_not_bring_the_secret_to_the_terminal(string method)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        using var cli = new CommandRunner();
        provider.OnToken = (http, form) => Results.Json(
            new { error = "invalid_client", error_description = $"who is {http.Request.Headers.Authorization} {string.Join('&', form.Select(f => $"{f.Key}={f.Value}"))}?" }, statusCode: 401);

        var refused = await cli.RunAsync("token", "fetch", "--token-url", provider.TokenUrl, "--client-id", "billing", "--client-secret", "tell/nobody+\"this\"", "--auth", method);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("invalid_client", refused.Error, StringComparison.Ordinal);
        Assert.Contains("…", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(provider.Authorization.Length > 0 ? provider.Authorization[6..] : "nobody", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_client", "wants another --auth method")]
    [InlineData("invalid_scope", "wants a --scope")]
    [InlineData("unauthorized_client", "client_credentials grant")]
    public async Task A_refusal_is_told_with_what_to_change(string code, string hint)
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnToken = (_, _) => Results.Json(new { error = code, error_description = "because\u001b[31m" }, statusCode: 401);
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "the-secret";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer, "--client-id", "c");

        Assert.Equal((1, ""), (fetched.ExitCode, fetched.Output));
        Assert.Contains($"refused with '{code}': because", fetched.Error, StringComparison.Ordinal);
        Assert.Contains(hint, fetched.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', fetched.Error);
        Assert.DoesNotContain("the-secret", fetched.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_issuers_document_is_not_used()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnDiscovery = d => d["issuer"] = "https://evil.example";
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "s";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer, "--client-id", "c");

        Assert.Equal(1, fetched.ExitCode);
        Assert.Contains("https://evil.example", fetched.Error, StringComparison.Ordinal);
        Assert.Empty(provider.Form);
    }

    [Fact]
    public async Task An_opaque_token_is_printed_with_a_warning()
    {
        await using var provider = await ScriptedProvider.StartAsync();
        provider.OnToken = static (_, _) => Results.Json(new { access_token = "opaque", token_type = "Bearer" });
        using var cli = new CommandRunner();
        cli.Variables["SLUICE_CLIENT_SECRET"] = "s";

        var fetched = await cli.RunAsync("token", "fetch", "--issuer", provider.Issuer, "--client-id", "c");

        Assert.Equal((0, "opaque"), (fetched.ExitCode, fetched.Output.TrimEnd()));
        Assert.Contains("no JWT", fetched.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give --issuer, or --token-url.", "--client-id", "c")]
    [InlineData("not https", "--token-url", "http://idp.example/token", "--client-id", "c")]
    [InlineData("client secret is missing", "--token-url", "http://127.0.0.1:1/token", "--client-id", "c")]
    [InlineData("client's id is missing", "--token-url", "http://127.0.0.1:1/token")]
    [InlineData("needs the client's key", "--token-url", "http://127.0.0.1:1/token", "--client-id", "c", "--auth", "private_key_jwt")]
    [InlineData("cannot be read", "--token-url", "http://127.0.0.1:1/token", "--client-id", "c", "--key", "/no/such/file")]
    [InlineData("CA file", "--token-url", "https://127.0.0.1:1/token", "--client-id", "c", "--ca-file", "/no/such/file")]
    [InlineData("key file has no name", "--token-url", "http://127.0.0.1:1/token", "--client-id", "c", "--key", "")]
    [InlineData("CA file", "--token-url", "https://127.0.0.1:1/token", "--client-id", "c", "--ca-file", "")]
    public async Task What_is_missing_is_said_before_anything_is_sent(string expected, params string[] arguments)
    {
        using var cli = new CommandRunner();

        var fetched = await cli.RunAsync(["token", "fetch", .. arguments]);

        Assert.Equal((2, ""), (fetched.ExitCode, fetched.Output));
        Assert.Contains(expected, fetched.Error, StringComparison.Ordinal);
    }
}
