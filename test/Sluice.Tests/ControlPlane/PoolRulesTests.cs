using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sluice.Testing.Issuers;

namespace Sluice.Tests.ControlPlane;

/// <summary>What is refused before it is stored, and what administrators see of keys.</summary>
public sealed class PoolRulesTests
{
    private const string Providers = "/iam/v2/identity-providers";

    [Theory]
    [InlineData("claims.aud = 'x'", "line 1, column 12", "\n |            ^")]
    [InlineData("claims.sub == 'é' && clams.aud == 'x'", "line 1, column 22", "^^^^^")]
    [InlineData("claims.sub ==\n  1 +", "line 2, column", "^")]
    [InlineData("'text'", "line 1, column 1", "^")]
    [InlineData("1 + 2", "line 1, column 1", "^")]
    [InlineData("size(claims) == 'x'", "line 1, column", "^")]
    public async Task A_filter_that_does_not_compile_is_422_with_its_place_and_a_caret(string filter, string place, string caret)
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);

        var (status, body) = await CreateAsync(gateway, path, filter);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var error = body.GetProperty("errors")[0];
        Assert.Equal("/filter", error.GetProperty("source").GetProperty("pointer").GetString());
        Assert.Contains(place, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(caret, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(gateway.State.IdentityPools);
    }

    [Fact]
    public async Task A_changed_filter_that_does_not_compile_is_refused_and_the_old_one_stays()
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);
        var pool = (await CreateAsync(gateway, path, "true")).Body.GetProperty("id").GetString();

        var (status, _) = await gateway.SendAsync("PATCH", $"{path}/identity-pools/{pool}", new { filter = "claims.", description = "new" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("true ", $"{gateway.State.IdentityPools[pool!].Filter} {gateway.State.IdentityPools[pool!].Description}");
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task A_filter_has_at_most_300_code_points_whatever_their_size(int length, bool fits)
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);
        const string Rest = "claims.sub == ''";
        var filter = Rest.Insert(Rest.Length - 1, string.Concat(Enumerable.Repeat("🐱", length - Rest.Length)));

        // The validator of the OpenAPI files counts UTF-16 units.
        using var client = gateway.Unchecked();
        var (status, body) = await ControlHost.SendAsync(
            client, "POST", path + "/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter });

        Assert.Equal(fits ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, status);
        Assert.True(!fits || body.GetProperty("filter").GetString() == filter);
    }

    [Theory]
    [InlineData("sub", true)]
    [InlineData("claims.sub", true)]
    [InlineData("claims[\"https://example.com/id\"]", true)]
    [InlineData("claims.", false)]
    [InlineData("claims", false)]
    [InlineData("a b", false)]
    public async Task An_identity_claim_must_be_a_path(string claim, bool isPath)
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);

        var (status, _) = await gateway.SendAsync(
            "POST", path + "/identity-pools", new { display_name = "p", description = "", identity_claim = claim, filter = "true" });

        Assert.Equal(isPath ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, status);
    }

    [Theory]
    [InlineData("issuer", "http://issuer.example.com")]
    [InlineData("issuer", "https://issuer.example.com?x=1")]
    [InlineData("issuer", "https://issuer.example.com#x")]
    [InlineData("issuer", "https://user@issuer.example.com")]
    [InlineData("issuer", "issuer")]
    [InlineData("issuer", "ftp://issuer.example.com")]
    [InlineData("issuer", " https://issuer.example.com")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("jwks_uri", "https://169.254.169.254/latest/meta-data")]
    [InlineData("jwks_uri", "https://[fe80::1]/keys")]
    [InlineData("jwks_uri", "https://2130706433/keys")]
    [InlineData("jwks_uri", "https://10.0.0.1/keys")]
    [InlineData("jwks_uri", "https://user:pw@issuer.example.com/keys")]
    [InlineData("jwks_uri", "https://no-such-host.invalid/keys")]
    public async Task An_address_that_must_not_or_cannot_be_fetched_is_422(string member, string value)
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:Identity:Outbound:AllowedNetworks:0=198.51.100.0/24");
        var body = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["display_name"] = "n",
            ["description"] = "",
            ["issuer"] = "https://issuer.example.com",
            ["jwks_uri"] = gateway.Issuer.JwksUri,
        };
        body[member] = value;

        var (status, answer) = await gateway.SendAsync("POST", Providers, body);

        Assert.True(status == HttpStatusCode.UnprocessableEntity, $"{status} {answer}");
        Assert.Equal("/" + member, answer.GetProperty("errors")[0].GetProperty("source").GetProperty("pointer").GetString());
        Assert.Empty(gateway.State.IdentityProviders);
    }

    [Theory]
    [InlineData(200, "application/json", """{"keys":[]}""")]
    [InlineData(200, "application/json", """{"kyes":[]}""")]
    [InlineData(200, "application/json", "not json")]
    [InlineData(200, "text/html", "<html>")]
    [InlineData(404, "application/json", "{}")]
    [InlineData(302, "application/json", "{}")]
    [InlineData(200, "application/json", """{"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]}""")]
    public async Task A_provider_without_usable_keys_is_422_and_nothing_is_stored(int status, string type, string keys)
    {
        await using var gateway = await ControlHost.StartAsync();
        gateway.Issuer.OnKeys = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.Headers.Location = "http://127.0.0.1/";
            return context.Response.WriteAsync(keys);
        };

        var (answered, _) = await gateway.SendAsync("POST", Providers, Provider(gateway));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answered);
        Assert.Empty(gateway.State.IdentityProviders);
    }

    [Fact]
    public async Task Keys_are_fetched_once_when_a_provider_is_saved_and_shown_in_the_answer()
    {
        await using var gateway = await ControlHost.StartAsync();

        var provider = await gateway.CreateAsync(Providers, Provider(gateway));

        var key = Assert.Single(provider.GetProperty("keys").EnumerateArray());
        Assert.Equal("RSA key-1 RS256", $"{key.GetProperty("kty").GetString()} {key.GetProperty("kid").GetString()} {key.GetProperty("alg").GetString()}");
        Assert.Equal(1, gateway.Issuer.Fetches);
    }

    [Fact]
    public async Task A_refresh_takes_rotated_keys_and_says_how_it_went()
    {
        await using var gateway = await ControlHost.StartAsync();
        var provider = await gateway.CreateAsync(Providers, Provider(gateway));
        var path = $"{Providers}/{provider.GetProperty("id").GetString()}";
        gateway.Issuer.Key = TestKey.Rsa("key-2");

        var (status, body) = await RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("REFRESHED", body.GetProperty("status").GetProperty("jwks_status").GetString());
        Assert.True(body.GetProperty("status").GetProperty("jwks_last_refresh_at").TryGetDateTimeOffset(out _));
        Assert.Equal("key-2", (await gateway.SendAsync("GET", path)).Body.GetProperty("keys")[0].GetProperty("kid").GetString());

        gateway.Issuer.OnKeys = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        (status, body) = await RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ERROR_FETCHING_JWKS", body.GetProperty("status").GetProperty("jwks_status").GetString());
        Assert.Equal("key-2", (await gateway.SendAsync("GET", path)).Body.GetProperty("keys")[0].GetProperty("kid").GetString());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await gateway.SendAsync("PATCH", path + "/jwks", new { spec = new { jwks_status = "OK" } })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await gateway.SendAsync("PATCH", path + "/jwks", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.SendAsync("PATCH", Providers + "/op-x/jwks", new { spec = new { jwks_status = "REFRESHED" } })).Status);

        Task<(HttpStatusCode Status, JsonElement Body)> RefreshAsync() => gateway.SendAsync("PATCH", path + "/jwks", new { spec = new { jwks_status = "REFRESHED" } });
    }

    [Fact]
    public async Task In_development_a_provider_that_no_network_reaches_is_saved_with_a_warning()
    {
        await using var gateway = await ControlHost.StartAsync("Sluice:ControlPlane:KeysOnSave=WhenReachable");
        using var content = System.Net.Http.Json.JsonContent.Create(new
        {
            display_name = "n",
            description = "",
            issuer = "https://login.example.com",
            jwks_uri = "https://login.no-such-host.invalid/keys",
        });

        using var answer = await gateway.Http.PostAsync(Providers, content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("jwks_uri", string.Join(' ', answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("has(claims.sub)", false)]
    [InlineData("claims.sub != ''", false)]
    [InlineData("claims.email == 'a@b.c'", false)]
    [InlineData("claims.aud == 'x' || claims.hd == 'example.com'", false)]
    [InlineData("claims.sub.startsWith('')", false)]
    [InlineData("!(claims.aud == 'x')", false)]
    [InlineData("claims.aud == 'x'", true)]
    [InlineData("claims.hd == 'example.com' && claims.sub in ['1', '2']", true)]
    [InlineData("claims.aud == 'x' || claims.sub.startsWith('repo:acme/')", true)]
    [InlineData("'x' in claims.aud", true)]
    [InlineData("claims.sub.matches('^repo:acme/')", true)]
    public async Task Under_an_issuer_that_many_tenants_share_every_way_in_must_constrain_sub_or_aud(string filter, bool isNarrow)
    {
        await using var gateway = await ControlHost.StartAsync();
        var provider = await gateway.CreateAsync(
            Providers, new { display_name = "Google", description = "", issuer = "https://accounts.google.com", jwks_uri = gateway.Issuer.JwksUri });
        var path = $"{Providers}/{provider.GetProperty("id").GetString()}";

        var (status, body) = await CreateAsync(gateway, path, filter);

        Assert.True(status == (isNarrow ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity), $"{filter}: {status} {body}");
        Assert.True(isNarrow || body.GetProperty("errors")[0].GetProperty("source").GetProperty("pointer").GetString() == "/filter");
        if (isNarrow)
        {
            var pool = $"{path}/identity-pools/{body.GetProperty("id").GetString()}";
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await gateway.SendAsync("PATCH", pool, new { filter = "true" })).Status);
        }
    }

    [Fact]
    public async Task A_provider_with_wide_pools_does_not_move_to_a_shared_issuer()
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);
        var pool = (await CreateAsync(gateway, path, "true")).Body.GetProperty("id").GetString();
        var move = new { issuer = "https://token.actions.githubusercontent.com/acme" };

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await gateway.SendAsync("PATCH", path, move)).Status);
        await gateway.SendAsync("PATCH", $"{path}/identity-pools/{pool}", new { filter = "claims.sub.startsWith('repo:acme/')" });

        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("PATCH", path, move)).Status);
    }

    [Theory]
    [InlineData("claims.sub == 'a'", "claims.aud")]
    [InlineData("true", "true")]
    [InlineData("claims.aud == 'a'", "aud")]
    public async Task A_filter_that_is_likely_a_mistake_is_saved_with_a_warning(string filter, string about)
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);
        using var content = System.Net.Http.Json.JsonContent.Create(new { display_name = "p", description = "", identity_claim = "claims.sub", filter });

        using var answer = await gateway.Http.PostAsync(path + "/identity-pools", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains(about, string.Join(' ', answer.Headers.GetValues("Warning")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_says_who_and_for_what_has_no_warning()
    {
        await using var gateway = await ControlHost.StartAsync();
        var path = await MakeProviderAsync(gateway);
        using var content = System.Net.Http.Json.JsonContent.Create(
            new { display_name = "p", description = "", identity_claim = "claims.sub", filter = "'kafka' in claims.aud && claims.sub == 'a'" });

        using var answer = await gateway.Http.PostAsync(path + "/identity-pools", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Warning"));
    }

    private static object Provider(ControlHost gateway) =>
        new { display_name = "n", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri };

    private static async Task<string> MakeProviderAsync(ControlHost gateway) =>
        $"{Providers}/{(await gateway.CreateAsync(Providers, Provider(gateway))).GetProperty("id").GetString()}";

    private static Task<(HttpStatusCode Status, JsonElement Body)> CreateAsync(ControlHost gateway, string provider, string filter) =>
        gateway.SendAsync("POST", provider + "/identity-pools", new { display_name = "p", description = "", identity_claim = "claims.sub", filter });
}
