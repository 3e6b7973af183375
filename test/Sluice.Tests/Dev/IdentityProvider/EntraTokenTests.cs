using Microsoft.Extensions.Time.Testing;
using Sluice.Dev.IdentityProvider;

namespace Sluice.Tests.Dev.IdentityProvider;

public sealed class EntraTokenTests
{
    private const string Tenant = DevelopmentIdentityProviderOptions.DefaultTenant;

    /// <summary>As <c>curl -d</c> sends it: nothing escaped.</summary>
    private const string Form =
        $"client_id={ProviderHost.EntraClientId}&scope=api://{ProviderHost.EntraClientId}/.default&client_secret={ProviderHost.EntraSecret}&grant_type=client_credentials";

    [Fact]
    public async Task The_answer_is_200_with_a_bearer_token_and_both_lifetimes_as_numbers()
    {
        await using var host = await ProviderHost.StartAsync(time: new FakeTimeProvider());

        var answer = await host.EntraAsync(Form);

        Assert.Equal(200, answer.Status);
        Assert.Equal("Bearer", answer.Json.GetProperty("token_type").GetString());
        Assert.Equal(3600, answer.Json.GetProperty("expires_in").GetInt64());
        Assert.Equal(3600, answer.Json.GetProperty("ext_expires_in").GetInt64());
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task The_token_has_the_members_of_an_app_only_v2_token()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        await using var host = await ProviderHost.StartAsync(time: time);

        var answer = await host.EntraAsync(Form);

        Assert.Equal(["typ", "alg", "kid"], answer.TokenHeader.EnumerateObject().Select(member => member.Name));
        Assert.Equal("JWT", answer.TokenHeader.GetProperty("typ").GetString());
        var token = answer.TokenPayload;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(ProviderHost.EntraClientId, token.GetProperty("aud").GetString());
        Assert.Equal($"{host.BaseUrl}/{Tenant}/v2.0", token.GetProperty("iss").GetString());
        Assert.Equal(now, token.GetProperty("iat").GetInt64());
        Assert.Equal(now, token.GetProperty("nbf").GetInt64());
        Assert.Equal(now + 3600, token.GetProperty("exp").GetInt64());
        Assert.Equal(ProviderHost.EntraClientId, token.GetProperty("azp").GetString());
        Assert.Equal("1", token.GetProperty("azpacr").GetString());
        Assert.Equal(["idpool_write"], token.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(Tenant, token.GetProperty("tid").GetString());
        Assert.Equal("2.0", token.GetProperty("ver").GetString());
        Assert.True(Guid.TryParse(token.GetProperty("oid").GetString(), out _));
        Assert.Equal(token.GetProperty("oid").GetString(), token.GetProperty("sub").GetString());
        Assert.NotEmpty(token.GetProperty("uti").GetString()!);
        Assert.False(token.TryGetProperty("scp", out _), "An app-only token has no scp.");
    }

    [Fact]
    public async Task The_token_verifies_with_the_published_key()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.EntraAsync(Form);

        var result = await answer.ValidateAsync(host, host.Provider.EntraJwksUri, host.Provider.EntraIssuer, ProviderHost.EntraClientId);
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com")]
    [InlineData("common")]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    public async Task Any_tenant_name_is_an_alias_for_the_one_tenant(string alias)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.EntraAsync(Form, alias);
        var document = await host.GetJsonAsync($"/{alias}/v2.0/.well-known/openid-configuration");

        Assert.Equal(host.Provider.EntraIssuer, answer.TokenPayload.GetProperty("iss").GetString());
        Assert.Equal(Tenant, answer.TokenPayload.GetProperty("tid").GetString());
        Assert.Equal(host.Provider.EntraIssuer, document.GetProperty("issuer").GetString());
    }

    [Theory]
    [InlineData("api://orders-api/.default", "orders-api")]
    [InlineData("api%3A%2F%2Forders-api%2F.default", "orders-api")]
    [InlineData("api://contoso.com/orders/.default", "api://contoso.com/orders")]
    [InlineData("https://kafka.example.com/.default", "https://kafka.example.com")]
    [InlineData("6a1f0d5e-3f57-4a53-8a58-0f7d1f6f2f11/.default", "6a1f0d5e-3f57-4a53-8a58-0f7d1f6f2f11")]
    public async Task The_audience_is_the_application_that_the_scope_names(string scope, string audience)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.EntraAsync($"grant_type=client_credentials&client_id=dev-client&client_secret=dev-secret&scope={scope}");

        Assert.Equal(audience, answer.TokenPayload.GetProperty("aud").GetString());
    }

    [Theory]
    [InlineData("&scope=my-scope", "invalid_scope")]
    [InlineData("&scope=/.default", "invalid_scope")]
    [InlineData("&scope=api:///.default", "invalid_scope")]
    [InlineData("&scope=api://a/.default%20api://b/.default", "invalid_scope")]
    [InlineData("&scope=", "invalid_request")]
    [InlineData("", "invalid_request")]
    public async Task A_scope_other_than_one_resources_default_is_refused(string scope, string error)
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.EntraAsync($"grant_type=client_credentials&client_id=dev-client&client_secret=dev-secret{scope}");

        Assert.Equal(400, answer.Status);
        Assert.Equal(error, answer.Error);
        Assert.Contains("/.default", answer.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_roles_gets_no_roles_claim()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.EntraAsync("grant_type=client_credentials&client_id=bare&client_secret=bare-secret&scope=api://x/.default");

        Assert.False(answer.TokenPayload.TryGetProperty("roles", out _));
    }

    [Fact]
    public async Task Basic_credentials_are_good_here_as_well()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.PostAsync($"/{Tenant}/oauth2/v2.0/token", "grant_type=client_credentials&scope=api://x/.default", "dev-client:dev-secret");

        Assert.Equal("dev-client", answer.TokenPayload.GetProperty("azp").GetString());
    }

    [Fact]
    public async Task A_clients_object_id_is_the_same_in_every_run_and_another_for_another_client()
    {
        await using var first = await ProviderHost.StartAsync();
        await using var second = await ProviderHost.StartAsync();

        var one = (await first.EntraAsync(Form)).TokenPayload.GetProperty("oid").GetString();
        var again = (await second.EntraAsync(Form)).TokenPayload.GetProperty("oid").GetString();
        var other = (await first.EntraAsync("grant_type=client_credentials&client_id=bare&client_secret=bare-secret&scope=api://x/.default"))
            .TokenPayload.GetProperty("oid").GetString();

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
    }
}
