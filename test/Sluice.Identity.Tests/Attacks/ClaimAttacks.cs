using System.Text.Json.Nodes;
using Sluice.State;

namespace Sluice.Identity.Tests.Attacks;

/// <summary>Attacks 47 to 60: claims that are missing, of the wrong kind, or somebody else's.</summary>
public sealed class ClaimAttacks
{
    [Theory]
    [InlineData("47 missing", null, RefusalRule.BadClaim)]
    [InlineData("47 string", "\"1795523400\"", RefusalRule.BadClaim)]
    [InlineData("47 negative", "-1", RefusalRule.BadClaim)]
    [InlineData("47 1e400", "1e400", RefusalRule.BadClaim)]
    [InlineData("47 2^53", "9007199254740992", RefusalRule.BadClaim)]
    [InlineData("47 2^63", "9223372036854775808", RefusalRule.BadClaim)]
    [InlineData("47 null", "null", RefusalRule.BadClaim)]
    [InlineData("47 true", "true", RefusalRule.BadClaim)]
    [InlineData("47 array", "[4102444800]", RefusalRule.BadClaim)]
    [InlineData("47 zero", "0", RefusalRule.Expired)]
    [InlineData("47 year 9999", "253402300799", null)]
    [InlineData("47 far beyond year 9999", "9007199254740991", null)]
    [InlineData("47 in an exponent", "4.1024448e9", null)]
    [InlineData("47 fraction", "4102444800.5", null)]
    public async Task An_exp_that_is_no_time_is_refused(string attack, string? exp, RefusalRule? rule)
    {
        await using var host = await IdentityHost.StartAsync();

        await JudgeAsync(host, attack, Raw(host, "exp", exp), rule);
    }

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-60, false)]
    [InlineData(-59, true)]
    [InlineData(-59.5, true)]
    public async Task Attack_47_the_skew_ends_where_it_ends(double seconds, bool accepted)
    {
        await using var host = await IdentityHost.StartAsync();
        var exp = host.Now.ToUnixTimeSeconds() + seconds;

        await JudgeAsync(host, "edge", Raw(host, "exp", exp.ToString(System.Globalization.CultureInfo.InvariantCulture)), accepted ? null : RefusalRule.Expired);
    }

    [Theory]
    [InlineData("48 nbf in the future", "nbf", 61, RefusalRule.NotYetValid)]
    [InlineData("48 nbf at the edge", "nbf", 60, null)]
    [InlineData("49 iat in the future", "iat", 61, RefusalRule.NotYetValid)]
    [InlineData("49 iat far in the future", "iat", 1_000_000, RefusalRule.NotYetValid)]
    [InlineData("49 iat at the edge", "iat", 60, null)]
    public async Task A_token_from_the_future_is_not_valid_yet(string attack, string claim, int seconds, RefusalRule? rule)
    {
        await using var host = await IdentityHost.StartAsync();

        await JudgeAsync(host, attack, host.Token(claims => claims[claim] = host.Now.ToUnixTimeSeconds() + seconds), rule);
    }

    [Fact]
    public async Task Attack_49_iat_is_needed_unless_a_setting_says_otherwise()
    {
        await using var strict = await IdentityHost.StartAsync();
        await using var lenient = await IdentityHost.StartAsync(options => options.RequireIssuedAt = false);

        await strict.RefusesAsync(strict.Token(claims => claims.Remove("iat")), RefusalRule.BadClaim);
        await lenient.AcceptsAsync(lenient.Token(claims => claims.Remove("iat")));
    }

    [Fact]
    public async Task Attack_50_a_lifetime_beyond_the_cap_is_refused()
    {
        await using var host = await IdentityHost.StartAsync(options => options.MaxTokenLifetime = TimeSpan.FromHours(1));

        await host.AcceptsAsync(host.Token());
        await host.RefusesAsync(host.Token(claims => claims["exp"] = host.Now.ToUnixTimeSeconds() + 3601), RefusalRule.BadClaim);
    }

    [Theory]
    [InlineData("51 missing", null)]
    [InlineData("51 array", "[\"{0}\"]")]
    [InlineData("51 trailing slash", "\"{0}/\"")]
    [InlineData("51 upper case", "\"HTTP://127.0.0.1\"")]
    [InlineData("51 extra path", "\"{0}/realms/acme\"")]
    [InlineData("51 look-alike host", "\"http://127.0.0.\u0661\"")]
    [InlineData("51 issuer in a fragment", "\"https://issuer.evil.com#{0}\"")]
    [InlineData("51 space", "\"{0} \"")]
    [InlineData("51 empty", "\"\"")]
    [InlineData("51 null", "null")]
    [InlineData("51 line break", "\"{0}\\n\"")]
    public async Task Another_issuer_is_not_trusted(string attack, string? issuer)
    {
        await using var host = await IdentityHost.StartAsync();

        await JudgeAsync(host, attack, Raw(host, "iss", issuer?.Replace("{0}", host.Issuer.Issuer, StringComparison.Ordinal)), RefusalRule.UntrustedIssuer);
    }

    [Fact]
    public async Task Attack_52_a_token_that_names_A_and_is_signed_by_B_is_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        await using var other = await Sluice.Testing.Issuers.TestIssuer.StartAsync();
        other.Key = Sluice.Testing.Issuers.TestKey.Rsa("key-1");
        host.Put(new IdentityProvider("op-b", "B", "", other.Issuer, other.JwksUri));

        await host.RefusesAsync(host.Issuer.Token(host.Claims(), other.Key), RefusalRule.BadSignature);
    }

    [Fact]
    public async Task Attack_53_an_Entra_v1_issuer_is_not_the_v2_issuer()
    {
        await using var host = await IdentityHost.StartAsync();
        const string Tenant = "9f2a6b1e-0000-4000-8000-000000000001";
        host.Change(provider => provider with { Issuer = $"https://login.microsoftonline.com/{Tenant}/v2.0" });

        await host.RefusesAsync(host.Token(claims => claims["iss"] = $"https://sts.windows.net/{Tenant}/"), RefusalRule.UntrustedIssuer);
        await host.AcceptsAsync(host.Token(claims => claims["iss"] = $"https://login.microsoftonline.com/{Tenant}/v2.0"));
    }

    [Theory]
    [InlineData("54 string", "\"kafka-rest\"", null)]
    [InlineData("54 array", "[\"account\",\"kafka-rest\"]", null)]
    [InlineData("54 object", "{\"kafka-rest\":true}", RefusalRule.BadClaim)]
    [InlineData("54 number", "1", RefusalRule.BadClaim)]
    [InlineData("54 array of numbers", "[\"kafka-rest\",1]", RefusalRule.BadClaim)]
    [InlineData("54 empty array", "[]", RefusalRule.WrongAudience)]
    [InlineData("54 missing", null, RefusalRule.WrongAudience)]
    [InlineData("54 another", "\"kafka\"", RefusalRule.WrongAudience)]
    [InlineData("54 longer", "\"kafka-rest-2\"", RefusalRule.WrongAudience)]
    [InlineData("54 another case", "\"Kafka-Rest\"", RefusalRule.WrongAudience)]
    public async Task An_audience_counts_as_one_of_those_expected_or_not_at_all(string attack, string? audience, RefusalRule? rule)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { ExpectedAudiences = ["kafka-rest"] });

        await JudgeAsync(host, attack, Raw(host, "aud", audience), rule);
    }

    [Theory]
    [InlineData("54 absent", null)]
    [InlineData("54 empty array", "[]")]
    [InlineData("54 any", "\"anybody\"")]
    public async Task Without_expected_audiences_only_filters_look_at_aud(string attack, string? audience)
    {
        await using var host = await IdentityHost.StartAsync();

        await JudgeAsync(host, attack, Raw(host, "aud", audience), null);
    }

    [Theory]
    [InlineData("55 missing", null)]
    [InlineData("55 empty", "\"\"")]
    [InlineData("55 number", "1")]
    [InlineData("55 null", "null")]
    [InlineData("55 control character", "\"a\\u0000b\"")]
    [InlineData("55 line break", "\"a\\r\\nINFO let in\"")]
    [InlineData("55 line separator", "\"a\\u2028b\"")]
    [InlineData("55 next line", "\"a\\u0085b\"")]
    public async Task A_subject_that_could_not_stand_in_a_log_is_refused(string attack, string? subject)
    {
        await using var host = await IdentityHost.StartAsync();

        await JudgeAsync(host, attack, Raw(host, "sub", subject), RefusalRule.BadClaim);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attack_55_a_subject_of_10_KiB_is_refused_and_one_of_1024_characters_is_not()
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Token(claims => claims["sub"] = new string('s', 10 * 1024)), RefusalRule.BadClaim);
        await host.RefusesAsync(host.Token(claims => claims["sub"] = new string('s', 1025)), RefusalRule.BadClaim);
        await host.AcceptsAsync(host.Token(claims => claims["sub"] = new string('s', 1024)));
    }

    [Theory]
    [InlineData("56 missing", null, false)]
    [InlineData("56 array", "[\"a\"]", false)]
    [InlineData("56 object", "{}", false)]
    [InlineData("56 null", "null", false)]
    [InlineData("56 empty", "\"\"", false)]
    [InlineData("56 number", "42", true)]
    [InlineData("56 boolean", "true", true)]
    [InlineData("56 string", "\"orders\"", true)]
    public async Task The_identity_claim_must_name_the_caller(string attack, string? value, bool accepted)
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityPool("pool-claim", IdentityHost.ProviderId, "", "", "claims.team", "true"));

        await JudgeAsync(host, attack, Raw(host, "team", value), accepted ? null : RefusalRule.BadClaim, "pool-claim");
    }

    [Fact]
    public async Task A_token_without_sub_is_good_for_a_pool_that_names_callers_otherwise()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityPool("pool-azp", IdentityHost.ProviderId, "", "", "claims.azp", "true"));
        var token = host.Token(claims =>
        {
            claims.Remove("sub");
            claims["azp"] = "orders-cli";
        });

        Assert.Equal("orders-cli", (await host.AcceptsAsync(token, "pool-azp")).ExternalIdentity);
        await host.RefusesAsync(token, RefusalRule.BadClaim, pools: null);
    }

    [Theory]
    [InlineData("57 ID token with nonce", "{\"nonce\":\"n\"}", false)]
    [InlineData("57 ID token with at_hash", "{\"at_hash\":\"h\"}", false)]
    [InlineData("57 ID token with c_hash", "{\"c_hash\":\"h\"}", false)]
    [InlineData("57 ID token with auth_time", "{\"auth_time\":1,\"scope\":null}", false)]
    [InlineData("57 ID token of a session", "{\"sid\":\"s\",\"email\":\"a@b\",\"scope\":null}", false)]
    [InlineData("57 Keycloak's ID token", "{\"typ\":\"ID\",\"azp\":\"a\"}", false)]
    [InlineData("57 Cognito's ID token", "{\"token_use\":\"id\",\"scope\":null}", false)]
    [InlineData("57 Entra's ID token", "{\"tid\":\"t\",\"ver\":\"2.0\",\"name\":\"A\",\"scope\":null}", false)]
    [InlineData("57 Curity's ID token", "{\"purpose\":\"id\"}", false)]
    [InlineData("57 PingAM's ID token", "{\"tokenName\":\"id_token\"}", false)]
    [InlineData("58 Keycloak's refresh token", "{\"typ\":\"Refresh\"}", false)]
    [InlineData("58 Keycloak's offline token", "{\"typ\":\"Offline\"}", false)]
    [InlineData("58 a refresh token by token_type", "{\"token_type\":\"refresh_token\"}", false)]
    [InlineData("a logout token", "{\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}}", false)]
    [InlineData("an introspection answer", "{\"token_introspection\":{\"active\":true}}", false)]
    [InlineData("an introspection answer of a draft", "{\"active\":true,\"token_type\":\"Bearer\"}", false)]
    [InlineData("payload typ of no kind", "{\"typ\":7}", false)]
    [InlineData("Keycloak's access token with nonce", "{\"typ\":\"Bearer\",\"nonce\":\"n\",\"auth_time\":1,\"sid\":\"s\"}", true)]
    [InlineData("Cognito's access token", "{\"token_use\":\"access\",\"client_id\":\"c\",\"auth_time\":1}", true)]
    [InlineData("Okta's access token of a user", "{\"cid\":\"c\",\"uid\":\"u\",\"scp\":[\"a\"],\"auth_time\":1,\"scope\":null}", true)]
    [InlineData("Entra's access token of an application", "{\"tid\":\"t\",\"ver\":\"2.0\",\"azp\":\"c\",\"roles\":[\"r\"],\"scope\":null}", true)]
    [InlineData("Curity's access token", "{\"purpose\":\"access_token\"}", true)]
    [InlineData("Spring's access token", "{\"scope\":[\"produce\"],\"jti\":\"j\"}", true)]
    [InlineData("Keycloak's lightweight token", "{\"typ\":\"Bearer\",\"scope\":\"\"}", true)]
    public async Task Only_access_tokens_are_accepted(string kind, string more, bool accepted)
    {
        await using var host = await IdentityHost.StartAsync();
        var token = host.Token(claims =>
        {
            foreach (var (name, value) in JsonNode.Parse(more)!.AsObject())
            {
                claims.Remove(name);
                if (value is not null)
                {
                    claims[name] = value.DeepClone();
                }
            }
        });

        await JudgeAsync(host, kind, token, accepted ? null : RefusalRule.NotAnAccessToken);
    }

    [Fact]
    public async Task A_provider_may_insist_on_the_type_of_RFC_9068()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Change(provider => provider with { RequireAccessTokenType = true });
        var header = Sluice.Testing.Issuers.TestIssuer.Header(host.Issuer.Key);
        header["typ"] = "at+jwt";

        await host.RefusesAsync(host.Token(), RefusalRule.NotAnAccessToken);
        await host.AcceptsAsync(host.Issuer.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()));
    }

    [Theory]
    [InlineData("59 DPoP", "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}")]
    [InlineData("59 mTLS", "{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}")]
    [InlineData("59 not a hash", "{\"jkt\":\"evil\"}")]
    [InlineData("59 empty", "{}")]
    [InlineData("59 null", "null")]
    [InlineData("59 a string", "\"jkt\"")]
    [InlineData("59 an embedded key", "{\"jwk\":{\"kty\":\"RSA\"}}")]
    [InlineData("59 a key name", "{\"kid\":\"a\"}")]
    [InlineData("59 only unknown members", "{\"future\":\"a\"}")]
    public async Task A_bound_token_is_never_a_plain_bearer_token(string attack, string confirmation)
    {
        await using var host = await IdentityHost.StartAsync();

        await JudgeAsync(host, attack, Raw(host, "cnf", confirmation), RefusalRule.NotBound);
    }

    [Fact]
    public async Task Attack_60_client_id_and_azp_do_not_choose_a_pool()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Put(new IdentityPool("pool-orders", IdentityHost.ProviderId, "", "", "claims.sub", "claims.sub == \"orders-admin\""));

        await host.RefusesAsync(
            host.Token(claims =>
            {
                claims["client_id"] = "orders-admin";
                claims["azp"] = "pool-orders";
                claims["pool_id"] = "pool-orders";
            }),
            RefusalRule.NoPoolMatches,
            "pool-orders");
    }

    [Fact]
    public async Task Denied_ids_and_subjects_are_refused()
    {
        await using var host = await IdentityHost.StartAsync(options =>
        {
            options.DeniedTokenIds.Add("stolen");
            options.DeniedSubjects.Add("left-us");
        });

        await host.RefusesAsync(host.Token(claims => claims["jti"] = "stolen"), RefusalRule.Revoked);
        await host.RefusesAsync(host.Token(claims => claims["sub"] = "left-us"), RefusalRule.Revoked);
        await host.AcceptsAsync(host.Token(claims => claims["jti"] = "fine"));
    }

    private static async Task JudgeAsync(IdentityHost host, string what, string token, RefusalRule? rule, string pools = IdentityHost.PoolId)
    {
        var outcome = await host.CheckAsync(token, pools);
        Assert.True(outcome.Refusal?.Rule == rule, $"{what}: {outcome.Refusal} {outcome.Caller}");
    }

    // The claim as raw JSON; null: without it.
    private static string Raw(IdentityHost host, string name, string? json)
    {
        var claims = host.Claims();
        claims.Remove(name);
        var text = claims.ToJsonString();
        return host.Issuer.Key.Sign(
            Sluice.Testing.Issuers.TestIssuer.Header(host.Issuer.Key).ToJsonString(), json is null ? text : $"{text[..^1]},\"{name}\":{json}}}");
    }
}
