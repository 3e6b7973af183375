using Microsoft.Extensions.Time.Testing;

namespace Sluice.Tests.Dev.IdentityProvider;

public sealed class OktaTokenTests
{
    private const string Grant = "grant_type=client_credentials";

    [Fact]
    public async Task The_answer_is_200_with_a_bearer_token_its_lifetime_as_a_number_and_its_scope()
    {
        await using var host = await ProviderHost.StartAsync(time: new FakeTimeProvider());

        var answer = await host.OktaAsync($"{Grant}&scope=my-scope");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(3600, answer.Json.GetProperty("expires_in").GetInt64());
        Assert.Equal("my-scope", answer.Json.GetProperty("scope").GetString());
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.StartsWith("application/json", answer.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_has_the_members_of_an_okta_token_in_its_order()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        await using var host = await ProviderHost.StartAsync(time: time);

        var answer = await host.OktaAsync($"{Grant}&scope=one+two");

        Assert.Equal(["kid", "alg"], answer.TokenHeader.EnumerateObject().Select(member => member.Name));
        Assert.Equal("RS256", answer.TokenHeader.GetProperty("alg").GetString());
        var token = answer.TokenPayload;
        Assert.Equal(["ver", "jti", "iss", "aud", "iat", "exp", "cid", "scp", "sub"], token.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, token.GetProperty("ver").GetInt32());
        Assert.StartsWith("AT.", token.GetProperty("jti").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{host.BaseUrl}/oauth2/default", token.GetProperty("iss").GetString());
        Assert.Equal("api://default", token.GetProperty("aud").GetString());
        Assert.Equal(time.GetUtcNow().ToUnixTimeSeconds(), token.GetProperty("iat").GetInt64());
        Assert.Equal(time.GetUtcNow().ToUnixTimeSeconds() + 3600, token.GetProperty("exp").GetInt64());
        Assert.Equal("dev-client", token.GetProperty("cid").GetString());
        Assert.Equal(["one", "two"], token.GetProperty("scp").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal("dev-client", token.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task The_token_verifies_with_the_published_key()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync(Grant);

        var result = await answer.ValidateAsync(host, host.Provider.OktaJwksUri, host.Provider.OktaIssuer, "api://default");
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public async Task Without_a_scope_the_default_one_is_granted()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync(Grant);

        Assert.Equal("kafka", answer.Json.GetProperty("scope").GetString());
        Assert.Equal(["kafka"], answer.TokenPayload.GetProperty("scp").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Audience_lifetime_and_default_scope_are_settings()
    {
        await using var host = await ProviderHost.StartAsync(
            options => (options.Audience, options.TokenLifetime, options.DefaultScope) = ("kafka-rest", TimeSpan.FromSeconds(90), "write"),
            time: new FakeTimeProvider());

        var answer = await host.OktaAsync(Grant);

        Assert.Equal(90, answer.Json.GetProperty("expires_in").GetInt64());
        Assert.Equal("kafka-rest", answer.TokenPayload.GetProperty("aud").GetString());
        Assert.Equal("write", answer.Json.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("dev-client:dev-secret", "dev-client")]
    [InlineData("dev%2Dclient:dev%2Dsecret", "dev-client")]
    [InlineData(ProviderHost.EntraClientId + ":" + ProviderHost.EntraSecret, ProviderHost.EntraClientId)]
    [InlineData(ProviderHost.EntraClientId + ":Xyz%7E8Q%40abc.DEF", ProviderHost.EntraClientId)]
    [InlineData("odd+client:a+b%20c:d/=&ü", "odd+client")]
    [InlineData("odd%2Bclient:a%2Bb%2520c%3Ad%2F%3D%26%C3%BC", "odd+client")]
    public async Task Basic_credentials_are_good_as_they_are_and_form_urlencoded(string basic, string client)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync(Grant, basic);

        Assert.Equal(200, answer.Status);
        Assert.Equal(client, answer.TokenPayload.GetProperty("cid").GetString());
    }

    [Fact]
    public async Task Credentials_are_good_in_the_form_as_well()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync($"{Grant}&client_id=dev-client&client_secret=dev-secret", basic: null);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_host_header_does_not_change_the_issuer()
    {
        await using var host = await ProviderHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/default/v1/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "dev-client"), new("client_secret", "dev-secret")]),
        };
        request.Headers.Host = "evil.example";

        var answer = await host.SendAsync(request);

        Assert.Equal(host.Provider.OktaIssuer, answer.TokenPayload.GetProperty("iss").GetString());
    }

    [Fact]
    public async Task The_public_url_names_the_issuers_when_it_is_set()
    {
        await using var host = await ProviderHost.StartAsync(options => options.PublicUrl = new Uri("https://localhost:9443"));

        var answer = await host.OktaAsync(Grant);

        Assert.Equal("https://localhost:9443/oauth2/default", answer.TokenPayload.GetProperty("iss").GetString());
        Assert.Equal("https://localhost:9443/oauth2/default/v1/token", host.Provider.OktaTokenUrl.AbsoluteUri);
    }
}
