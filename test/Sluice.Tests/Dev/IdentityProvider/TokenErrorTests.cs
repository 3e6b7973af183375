using System.Net.Http.Headers;
using System.Text;

namespace Sluice.Tests.Dev.IdentityProvider;

/// <summary>RFC 6749 §5.2, at both issuers.</summary>
public sealed class TokenErrorTests
{
    public static TheoryData<string> TokenPaths => ["/oauth2/default/v1/token", "/contoso/oauth2/v2.0/token"];

    [Theory]
    [MemberData(nameof(TokenPaths))]
    public async Task A_form_without_grant_type_is_an_invalid_request_that_says_what_is_missing(string path)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.PostAsync(path, "client_id=dev-client&client_secret=dev-secret&scope=api://dev-client/.default", null);

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
        Assert.Contains("grant_type", answer.Description, StringComparison.Ordinal);
        Assert.Contains("missing", answer.Description, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Theory]
    [MemberData(nameof(TokenPaths))]
    public async Task Another_grant_type_is_unsupported(string path)
    {
        await using var host = await ProviderHost.StartAsync();

        foreach (var grant in (string[])["password", "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer", "nonsense"])
        {
            var answer = await host.PostAsync(path, $"grant_type={grant}&code=x&refresh_token=x&username=u&password=p&assertion=a", "dev-client:dev-secret");

            Assert.Equal((400, "unsupported_grant_type"), (answer.Status, answer.Error));
        }
    }

    [Theory]
    [InlineData("dev-client:wrong")]
    [InlineData("dev-client:")]
    [InlineData(":dev-secret")]
    [InlineData("nobody:dev-secret")]
    [InlineData("DEV-CLIENT:dev-secret")]
    [InlineData("dev-client:dev-secret ")]
    public async Task Wrong_basic_credentials_get_401_with_a_challenge(string basic)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync("grant_type=client_credentials", basic);

        Assert.Equal((401, "invalid_client"), (answer.Status, answer.Error));
        Assert.StartsWith("Basic realm=\"sluice dev\"", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TokenPaths))]
    public async Task Wrong_unknown_and_absent_credentials_in_the_form_get_401(string path)
    {
        await using var host = await ProviderHost.StartAsync();

        foreach (var credentials in (string[])["&client_id=dev-client&client_secret=wrong", "&client_id=nobody&client_secret=x", "&client_id=dev-client", ""])
        {
            var answer = await host.PostAsync(path, $"grant_type=client_credentials&scope=api://x/.default{credentials}", null);

            Assert.Equal((401, "invalid_client"), (answer.Status, answer.Error));
        }
    }

    [Fact]
    public async Task An_unknown_client_reads_like_a_wrong_secret()
    {
        await using var host = await ProviderHost.StartAsync();

        var unknown = await host.OktaAsync("grant_type=client_credentials", "nobody:dev-secret");
        var wrong = await host.OktaAsync("grant_type=client_credentials", "dev-client:wrong");

        Assert.Equal(wrong.Body, unknown.Body);
    }

    [Theory]
    [InlineData("client_id=dev-client&client_secret=dev-secret")]
    [InlineData("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c")]
    [InlineData("client_assertion=a.b.c")]
    public async Task Credentials_in_two_ways_are_refused(string second)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync($"grant_type=client_credentials&{second}");

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_client_assertion_is_refused_since_no_client_has_a_key()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync(
            "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c",
            basic: null);

        Assert.Equal((401, "invalid_client"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_scope_with_forbidden_characters_is_an_invalid_scope()
    {
        await using var host = await ProviderHost.StartAsync();

        foreach (var scope in (string[])["%22", "a%5Cb", "%C3%BC", "a%0Ab", "a%09b", "%7F"])
        {
            var answer = await host.OktaAsync($"grant_type=client_credentials&scope={scope}");

            Assert.Equal((400, "invalid_scope"), (answer.Status, answer.Error));
        }
    }

    [Theory]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials")]
    [InlineData("")]
    [InlineData("&&&===&")]
    [InlineData("grant_type=client_credentials&audience=kafka")]
    [InlineData("grant_type=client_credentials&scope=offline_access")]
    [InlineData("grant_type=client_credentials&scope=%00")]
    [InlineData("%00=%00")]
    public async Task Odd_forms_get_400(string form)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync(form);

        Assert.Equal(400, answer.Status);
        Assert.Contains(answer.Error, (string[])["invalid_request", "invalid_scope"]);
    }

    [Fact]
    public async Task Broken_percent_escapes_are_taken_as_they_are()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync("grant_type=client_credentials&scope=a%zz%&x=%C3%28");

        Assert.Equal(200, answer.Status);
        Assert.Equal("a%zz%", answer.Json.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Forms_beyond_the_limits_are_refused()
    {
        await using var host = await ProviderHost.StartAsync();

        var large = await host.OktaAsync($"grant_type=client_credentials&scope={new string('a', 100_000)}");
        var many = await host.OktaAsync("grant_type=client_credentials&" + string.Join('&', Enumerable.Range(0, 1000).Select(i => $"k{i}=v")));
        var longKey = await host.OktaAsync($"grant_type=client_credentials&{new string('k', 5000)}=v");

        Assert.Equal((413, "invalid_request"), (large.Status, large.Error));
        Assert.Equal((400, "invalid_request"), (many.Status, many.Error));
        Assert.Equal((400, "invalid_request"), (longKey.Status, longKey.Error));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencodedX")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Another_media_type_is_an_invalid_request(string? type)
    {
        await using var host = await ProviderHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/default/v1/token")
        {
            Content = new ByteArrayContent("grant_type=client_credentials"u8.ToArray()),
        };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        var answer = await host.SendAsync(request);

        Assert.Equal((400, "invalid_request"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic ZGV2LWNsaWVudA==")]
    [InlineData("Bearer abc")]
    [InlineData("Negotiate abc")]
    public async Task A_malformed_or_foreign_authorization_field_gets_400_or_401(string header)
    {
        await using var host = await ProviderHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/default/v1/token")
        {
            Content = new StringContent("grant_type=client_credentials", Encoding.ASCII, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", header);

        var answer = await host.SendAsync(request);

        Assert.Contains((answer.Status, answer.Error), ((int, string?)[])[(400, "invalid_request"), (401, "invalid_client")]);
    }

    [Fact]
    public async Task Get_of_a_token_endpoint_is_405()
    {
        await using var host = await ProviderHost.StartAsync();

        using var response = await host.Http.GetAsync("/oauth2/default/v1/token", ProviderHost.Cancel);

        Assert.Equal(405, (int)response.StatusCode);
    }

    [Fact]
    public async Task No_secret_and_no_token_reaches_the_log_at_any_level()
    {
        await using var host = await ProviderHost.StartAsync();

        var tokens = new[]
        {
            await host.OktaAsync("grant_type=client_credentials"),
            await host.EntraAsync($"client_id={ProviderHost.EntraClientId}&scope=api://x/.default&client_secret={ProviderHost.EntraSecret}&grant_type=client_credentials"),
        };
        await host.OktaAsync("grant_type=client_credentials", "dev-client:wr0ng-secret");
        await host.EntraAsync("grant_type=client_credentials&client_id=dev-client&client_secret=wr0ng-secret");

        var log = string.Join('\n', host.Logs.Lines);
        Assert.Contains("[redacted]", log, StringComparison.Ordinal); // OpenIddict's own lines are there
        Assert.Contains("Token refused by", log, StringComparison.Ordinal);
        foreach (var secret in tokens.Select(token => token.Token.Split('.')[2]).Concat(["dev-secret", ProviderHost.EntraSecret, "wr0ng-secret"]))
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }
    }
}
