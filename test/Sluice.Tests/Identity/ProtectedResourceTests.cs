using System.Text.Json;

namespace Sluice.Tests.Identity;

/// <summary>RFC 9728: what the gateway says about itself, and how challenges point to it.</summary>
public sealed class ProtectedResourceTests
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    [Fact]
    public async Task Without_settings_the_document_names_the_address_that_was_asked_and_no_issuer()
    {
        await using var host = await IssuerGateway.StartAsync();

        var answer = await host.Gateway.Http.GetAsync(new Uri(WellKnown, UriKind.Relative), TestContext.Current.CancellationToken);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("application/json", "public, max-age=300"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        Assert.Equal(
            ["resource", "scopes_supported", "bearer_methods_supported", "tls_client_certificate_bound_access_tokens", "dpop_signing_alg_values_supported", "resource_name"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(host.Gateway.Info.Url, json.GetProperty("resource").GetString());
        Assert.Equal(["header"], Texts(json, "bearer_methods_supported"));
        Assert.Equal([host.Gateway.Info.Scope], Texts(json, "scopes_supported"));
        Assert.True(json.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
        Assert.Contains("ES256", Texts(json, "dpop_signing_alg_values_supported"));
        Assert.DoesNotContain(Texts(json, "dpop_signing_alg_values_supported"), name => name == "none" || name!.StartsWith("HS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_name_the_public_URL_the_issuers_and_the_scopes()
    {
        await using var host = await IssuerGateway.StartAsync(
            null, "Sluice:Identity:PublicUrl=https://kafka.example.com/base/", "Sluice:Identity:ListAuthorizationServers=true", "Sluice:Identity:Scopes:0=kafka.write");

        var root = (await host.SendAsync(WellKnown)).Json;
        var path = (await host.SendAsync(WellKnown + "/base")).Json;
        var refused = await host.SendAsync(host.Topics);

        Assert.Equal("https://kafka.example.com/base", root.GetProperty("resource").GetString());
        Assert.Equal("https://kafka.example.com/base", path.GetProperty("resource").GetString());
        Assert.Contains(host.Issuer.Issuer, Texts(root, "authorization_servers"));
        Assert.Contains("kafka.write", Texts(root, "scopes_supported"));
        Assert.Contains(
            "resource_metadata=\"https://kafka.example.com/.well-known/oauth-protected-resource/base\"",
            refused.Headers.WwwAuthenticate.Single(challenge => challenge.Scheme == "Bearer").Parameter,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/kafka/v3")]
    [InlineData("/v3")]
    public async Task A_resource_with_a_path_has_its_own_address(string path)
    {
        await using var host = await IssuerGateway.StartAsync();

        Assert.Equal(host.Gateway.Info.Url + path, (await host.SendAsync(WellKnown + path)).Json.GetProperty("resource").GetString());
        Assert.Equal(404, (await host.SendAsync(WellKnown + "/elsewhere")).Status);
    }

    private static IEnumerable<string?> Texts(JsonElement json, string member) => json.GetProperty(member).EnumerateArray().Select(one => one.GetString());
}
