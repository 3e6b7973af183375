using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sluice.Sts;

namespace Sluice.Tests.ControlPlane;

public sealed class TokenExchangeTests
{
    private const string Path = "/sts/v1/oauth2/token";

    [Fact]
    public async Task An_exchanged_token_administers_as_its_pool_until_it_ends()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await ControlHost.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var pool = await MakePoolAsync(gateway);
        await gateway.CreateAsync("/iam/v2/role-bindings", new { principal = $"User:{pool}", role_name = "OrganizationAdmin", crn_pattern = ControlHost.Organization });

        var (status, reply) = await ExchangeAsync(gateway, Subject(gateway, time.GetUtcNow()), pool);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Bearer", reply.GetProperty("token_type").GetString());
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", reply.GetProperty("issued_token_type").GetString());
        Assert.Equal(900, reply.GetProperty("expires_in").GetInt32());
        using var holder = gateway.Bearer(reply.GetProperty("access_token").GetString()!);
        var created = await ControlHost.SendAsync(holder, "POST", "/iam/v2/service-accounts", new { display_name = "by-terraform" });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var history = await gateway.HistoryAsync();
        Assert.Equal($"User:{pool}", history[^1].Author.Principal);

        time.Advance(TimeSpan.FromSeconds(901));

        Assert.Equal(HttpStatusCode.Unauthorized, (await ControlHost.SendAsync(holder, "GET", "/org/v2/environments")).Status);
    }

    [Fact]
    public async Task A_pool_without_the_role_exchanges_its_token_and_then_reads_401()
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);
        var (_, reply) = await ExchangeAsync(gateway, Subject(gateway, TimeProvider.System.GetUtcNow()), pool);
        using var holder = gateway.Bearer(reply.GetProperty("access_token").GetString()!);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ControlHost.SendAsync(holder, "GET", "/iam/v2/service-accounts")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ControlHost.SendAsync(holder, "POST", "/org/v2/environments", new { display_name = "x" })).Status);
        Assert.Equal(0, (await ControlHost.SendAsync(holder, "GET", "/org/v2/environments")).Body.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_changed_filter_or_a_deleted_pool_ends_its_tokens_at_once()
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);
        await gateway.CreateAsync("/iam/v2/role-bindings", new { principal = $"User:{pool}", role_name = "OrganizationAdmin", crn_pattern = ControlHost.Organization });
        var (_, reply) = await ExchangeAsync(gateway, Subject(gateway, TimeProvider.System.GetUtcNow()), pool);
        using var holder = gateway.Bearer(reply.GetProperty("access_token").GetString()!);
        var path = $"/iam/v2/identity-providers/{gateway.State.IdentityPools[pool].ProviderId}/identity-pools/{pool}";
        await gateway.SendAsync("PATCH", path, new { description = "the name alone ends nothing" });
        Assert.Equal(HttpStatusCode.OK, (await ControlHost.SendAsync(holder, "GET", "/org/v2/environments")).Status);

        await gateway.SendAsync("PATCH", path, new { filter = "claims.sub == 'somebody-else'" });

        Assert.Equal(HttpStatusCode.Unauthorized, (await ControlHost.SendAsync(holder, "GET", "/org/v2/environments")).Status);
        await gateway.SendAsync("DELETE", path);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ControlHost.SendAsync(holder, "GET", "/org/v2/environments")).Status);
    }

    [Fact]
    public async Task The_published_keys_verify_the_token_after_a_rotation_too()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await ControlHost.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var pool = await MakePoolAsync(gateway);
        var before = (await ExchangeAsync(gateway, Subject(gateway, time.GetUtcNow()), pool)).Body.GetProperty("access_token").GetString()!;
        gateway.Services.GetRequiredService<GatewayTokens>().Rotate();
        await AssertVerifiesAsync(gateway, before);

        time.Advance(TimeSpan.FromHours(3));
        var after = (await ExchangeAsync(gateway, Subject(gateway, time.GetUtcNow()), pool)).Body.GetProperty("access_token").GetString()!;

        Assert.NotEqual(new JsonWebToken(before).Kid, new JsonWebToken(after).Kid);
        await AssertVerifiesAsync(gateway, after);
        var token = new JsonWebToken(after);
        Assert.Equal(pool, token.Subject);
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("orders-svc", token.GetClaim("external_identity").Value);
    }

    [Theory]
    [InlineData("grant_type", "client_credentials")]
    [InlineData("grant_type", null)]
    [InlineData("subject_token", null)]
    [InlineData("subject_token", "not-a-token")]
    [InlineData("subject_token", "a\r\nb")]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:saml2")]
    [InlineData("requested_token_type", null)]
    [InlineData("identity_pool_id", null)]
    [InlineData("identity_pool_id", "pool-unknown")]
    [InlineData("identity_pool_id", "pool-a,pool-b")]
    [InlineData("expires_in", "901")]
    [InlineData("expires_in", "0")]
    [InlineData("expires_in", "soon")]
    public async Task A_bad_exchange_is_400_and_names_the_parameter(string parameter, string? value)
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);

        var (status, body) = await ExchangeAsync(gateway, Subject(gateway, TimeProvider.System.GetUtcNow()), pool, (parameter, value));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(parameter, body.GetProperty("errors")[0].GetProperty("source").GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task A_token_that_the_filter_does_not_take_a_forged_one_and_an_exchanged_one_are_not_exchanged()
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway, "claims.sub == 'orders-svc'");
        var stranger = gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow(), "stranger"));
        var forged = gateway.Issuer.Token(gateway.Issuer.Claims(TimeProvider.System.GetUtcNow()), Testing.Issuers.TestKey.Rsa("key-1"));
        var exchanged = (await ExchangeAsync(gateway, Subject(gateway, TimeProvider.System.GetUtcNow()), pool)).Body.GetProperty("access_token").GetString()!;

        foreach (var token in (string[])[stranger, forged, exchanged])
        {
            var (status, body) = await ExchangeAsync(gateway, token, pool);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.DoesNotContain(token, body.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_exchanged_token_with_one_bit_changed_is_refused()
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);
        var token = (await ExchangeAsync(gateway, Subject(gateway, TimeProvider.System.GetUtcNow()), pool)).Body.GetProperty("access_token").GetString()!;
        var parts = token.Split('.');
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!.AsObject();
        claims["sub"] = "u-admin";
        claims["token_use"] = "Session";

        foreach (var bad in (string[])[$"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", $"{parts[0]}...", token + "A"])
        {
            using var holder = gateway.Bearer(bad);
            Assert.Equal(HttpStatusCode.Unauthorized, (await ControlHost.SendAsync(holder, "GET", "/org/v2/environments")).Status);
        }
    }

    [Fact]
    public async Task A_token_lives_as_long_as_was_asked_for_and_never_longer_than_the_one_it_was_made_from()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await ControlHost.StartAsync(services => services.AddSingleton<TimeProvider>(time), "Sluice:Identity:ClockSkew=00:00:10");
        var pool = await MakePoolAsync(gateway);

        var asked = await ExchangeAsync(gateway, Subject(gateway, time.GetUtcNow()), pool, ("expires_in", "60"));
        var claims = gateway.Issuer.Claims(time.GetUtcNow());
        claims["exp"] = time.GetUtcNow().ToUnixTimeSeconds() + 120;
        var brief = await ExchangeAsync(gateway, gateway.Issuer.Token(claims), pool);
        var empty = await ExchangeAsync(gateway, Subject(gateway, time.GetUtcNow()), pool, ("expires_in", ""));

        Assert.Equal(60, asked.Body.GetProperty("expires_in").GetInt32());
        Assert.Equal(60, (new JsonWebToken(asked.Body.GetProperty("access_token").GetString()!) is var token ? token.ValidTo - token.IssuedAt : default).TotalSeconds);
        Assert.InRange(brief.Body.GetProperty("expires_in").GetInt32(), 110, 130);
        Assert.Equal(900, empty.Body.GetProperty("expires_in").GetInt32());
    }

    [Theory]
    [InlineData("subject_token")]
    [InlineData("identity_pool_id")]
    [InlineData("grant_type")]
    [InlineData("requested_token_type")]
    public async Task A_parameter_that_is_there_twice_is_400(string parameter)
    {
        await using var gateway = await ControlHost.StartAsync();
        var pool = await MakePoolAsync(gateway);
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), new("identity_pool_id", pool), new("subject_token", Subject(gateway, TimeProvider.System.GetUtcNow())),
            new("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"), new("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ];
        using var stranger = gateway.Stranger();
        using var once = new FormUrlEncodedContent(form);
        using var good = await stranger.PostAsync(Path, once, TestContext.Current.CancellationToken);
        using var twice = new FormUrlEncodedContent([.. form, form.Find(p => p.Key == parameter)]);
        using var bad = await stranger.PostAsync(Path, twice, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.True(good.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains($"\"{parameter}\"", await bad.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_form_is_400_in_the_same_envelope()
    {
        await using var gateway = await ControlHost.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("POST", Path, new { grant_type = "x" })).Status);
        using var huge = new FormUrlEncodedContent([new("subject_token", new string('a', 300_000))]);
        using var stranger = gateway.Stranger();
        using var answer = await stranger.PostAsync(Path, huge, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Subject(ControlHost gateway, DateTimeOffset now) => gateway.Issuer.Token(gateway.Issuer.Claims(now));

    private static async Task<string> MakePoolAsync(ControlHost gateway, string filter = "true")
    {
        var provider = await gateway.CreateAsync(
            "/iam/v2/identity-providers",
            new { display_name = "Issuer", description = "", issuer = gateway.Issuer.Issuer, jwks_uri = gateway.Issuer.JwksUri });
        var pool = await gateway.CreateAsync(
            $"/iam/v2/identity-providers/{provider.GetProperty("id").GetString()}/identity-pools",
            new { display_name = "p", description = "", identity_claim = "claims.sub", filter });
        return pool.GetProperty("id").GetString()!;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ExchangeAsync(
        ControlHost gateway, string subject, string pool, params (string Name, string? Value)[] changes)
    {
        var form = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["identity_pool_id"] = pool,
            ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["subject_token"] = subject,
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        using var stranger = gateway.Stranger();
        using var content = new FormUrlEncodedContent(form.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, p.Value!)));
        using var answer = await stranger.PostAsync(Path, content, TestContext.Current.CancellationToken);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.Contains("X-Request-Id"));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }

    private static async Task AssertVerifiesAsync(ControlHost gateway, string token)
    {
        using var stranger = gateway.Stranger();
        var keys = new JsonWebKeySet(await stranger.GetStringAsync("/sts/v1/oauth2/keys", TestContext.Current.CancellationToken));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = $"{stranger.BaseAddress!.GetLeftPart(UriPartial.Authority)}/sts/v1",
            ValidAudience = stranger.BaseAddress.GetLeftPart(UriPartial.Authority),
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }
}
