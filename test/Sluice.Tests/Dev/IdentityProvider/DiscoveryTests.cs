using System.Text.Json;
using Sluice.Dev.IdentityProvider;

namespace Sluice.Tests.Dev.IdentityProvider;

public sealed class DiscoveryTests
{
    private const string Tenant = DevelopmentIdentityProviderOptions.DefaultTenant;

    [Theory]
    [InlineData("/oauth2/default/.well-known/openid-configuration")]
    [InlineData("/oauth2/default/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/oauth-authorization-server/oauth2/default")]
    public async Task Okta_describes_itself_where_okta_and_rfc_8414_do(string path)
    {
        await using var host = await ProviderHost.StartAsync();

        var document = await host.GetJsonAsync(path);

        Assert.Equal($"{host.BaseUrl}/oauth2/default", document.GetProperty("issuer").GetString());
        Assert.Equal($"{host.BaseUrl}/oauth2/default/v1/token", document.GetProperty("token_endpoint").GetString());
        Assert.Equal($"{host.BaseUrl}/oauth2/default/v1/keys", document.GetProperty("jwks_uri").GetString());
        Assert.Equal(["kafka"], Strings(document, "scopes_supported"));
        Assert.Equal(["client_credentials"], Strings(document, "grant_types_supported"));
        Assert.Equal(["client_secret_basic", "client_secret_post"], Strings(document, "token_endpoint_auth_methods_supported").Order());
    }

    [Fact]
    public async Task Entra_describes_itself_where_entra_does()
    {
        await using var host = await ProviderHost.StartAsync();

        var document = await host.GetJsonAsync($"/{Tenant}/v2.0/.well-known/openid-configuration");

        Assert.Equal($"{host.BaseUrl}/{Tenant}/v2.0", document.GetProperty("issuer").GetString());
        Assert.Equal($"{host.BaseUrl}/{Tenant}/oauth2/v2.0/token", document.GetProperty("token_endpoint").GetString());
        Assert.Equal($"{host.BaseUrl}/{Tenant}/discovery/v2.0/keys", document.GetProperty("jwks_uri").GetString());
    }

    [Fact]
    public async Task The_addresses_in_the_documents_are_the_ones_the_provider_names_and_they_work()
    {
        await using var host = await ProviderHost.StartAsync();

        Assert.Equal($"{host.Provider.OktaIssuer}/v1/keys", host.Provider.OktaJwksUri.AbsoluteUri);
        Assert.Equal($"{host.BaseUrl}/{Tenant}/oauth2/v2.0/token", host.Provider.EntraTokenUrl.AbsoluteUri);
        await host.GetJsonAsync(host.Provider.OktaJwksUri.AbsolutePath);
        await host.GetJsonAsync(host.Provider.EntraJwksUri.AbsolutePath);
    }

    [Fact]
    public async Task Each_issuer_publishes_its_one_public_key_and_lets_it_be_cached()
    {
        await using var host = await ProviderHost.StartAsync();

        var okta = await KeyAsync(host, "/oauth2/default/v1/keys");
        var entra = await KeyAsync(host, $"/{Tenant}/discovery/v2.0/keys");

        Assert.NotEqual(okta.GetProperty("kid").GetString(), entra.GetProperty("kid").GetString());
        Assert.Equal((await host.OktaAsync("grant_type=client_credentials")).TokenHeader.GetProperty("kid").GetString(), okta.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task A_token_of_one_issuer_does_not_verify_with_the_others_key()
    {
        await using var host = await ProviderHost.StartAsync();

        var answer = await host.OktaAsync("grant_type=client_credentials");

        var result = await answer.ValidateAsync(host, host.Provider.EntraJwksUri, host.Provider.OktaIssuer, "api://default");
        Assert.False(result.IsValid);
    }

    private static async Task<JsonElement> KeyAsync(ProviderHost host, string path)
    {
        using var response = await host.Http.GetAsync(path, ProviderHost.Cancel);
        var answer = await Answer.ReadAsync(response);
        Assert.Equal("public, max-age=3600", answer.Headers["Cache-Control"]);
        var key = Assert.Single(answer.Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(
            ["alg", "e", "kid", "kty", "n", "use"],
            key.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("RSA", "sig", "RS256"), (key.GetProperty("kty").GetString(), key.GetProperty("use").GetString(), key.GetProperty("alg").GetString()));
        return key;
    }

    private static IEnumerable<string?> Strings(JsonElement document, string name) => document.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
