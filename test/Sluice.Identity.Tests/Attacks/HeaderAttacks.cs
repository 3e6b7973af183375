using System.Text;
using System.Text.Json.Nodes;
using Sluice.State;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Attacks;

/// <summary>Attacks 21 to 36: what a token's header says about keys is not believed, and what it says about itself must be simple.</summary>
public sealed class HeaderAttacks
{
    [Theory]
    [InlineData("21 jwk")]
    [InlineData("22 jku")]
    [InlineData("23 x5u")]
    [InlineData("24 x5c")]
    public async Task A_key_that_the_token_brings_or_points_to_is_neither_used_nor_fetched(string attack)
    {
        await using var host = await IdentityHost.StartAsync();
        await using var attacker = await TestIssuer.StartAsync();
        attacker.Key = TestKey.Rsa("key-1");
        var header = TestIssuer.Header(attacker.Key);
        switch (attack)
        {
            case "21 jwk":
                header["jwk"] = attacker.Key.Jwk.DeepClone();
                break;
            case "22 jku":
                header["jku"] = attacker.JwksUri;
                break;
            case "23 x5u":
                header["x5u"] = $"{attacker.Issuer}/certificate";
                break;
            default:
                header["x5c"] = new JsonArray(Convert.ToBase64String(TestCertificates.SelfSigned("CN=attacker", attacker.Key.RsaKey).RawData));
                break;
        }

        await host.RefusesAsync(attacker.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()), RefusalRule.BadSignature);

        Assert.Equal((0, 0), (attacker.Fetches, attacker.OtherRequests));
    }

    [Theory]
    [InlineData("25 path", "../../../../dev/null")]
    [InlineData("26 SQL", "key-1' OR '1'='1")]
    [InlineData("27 URL", "https://attacker.example/keys")]
    [InlineData("27 format", "{0}%s%n${jndi:ldap://x}")]
    [InlineData("case", "KEY-1")]
    [InlineData("space", "key-1 ")]
    [InlineData("empty", "")]
    public async Task A_kid_is_a_name_and_nothing_else(string attack, string keyId)
    {
        await using var host = await IdentityHost.StartAsync();
        var header = TestIssuer.Header(host.Issuer.Key);
        header["kid"] = keyId;

        await host.RefusesAsync(host.Issuer.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()), RefusalRule.UnknownKey);

        Assert.True(host.Issuer.OtherRequests == 0, attack);
    }

    [Theory]
    [InlineData("29 array", "[\"key-1\"]")]
    [InlineData("29 object", "{\"a\":\"key-1\"}")]
    [InlineData("29 number", "1")]
    [InlineData("29 null", "null")]
    public async Task A_kid_that_is_no_string_is_refused(string attack, string keyId)
    {
        await using var host = await IdentityHost.StartAsync();
        var token = host.Issuer.Key.Sign($$"""{"alg":"RS256","kid":{{keyId}}}""", host.Claims().ToJsonString());

        Assert.True((await host.RefusesAsync(token, RefusalRule.MalformedToken)).Detail.Contains("kid", StringComparison.Ordinal), attack);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1024 * 1024)]
    public async Task Attack_28_a_long_kid_is_refused(int length)
    {
        await using var host = await IdentityHost.StartAsync();
        var header = TestIssuer.Header(host.Issuer.Key);
        header["kid"] = new string('k', length);

        await host.RefusesAsync(host.Issuer.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()), RefusalRule.MalformedToken);
    }

    [Fact]
    public async Task Attack_30_a_key_of_another_provider_does_not_count_for_this_one()
    {
        await using var host = await IdentityHost.StartAsync();
        await using var other = await TestIssuer.StartAsync();
        other.Key = TestKey.Rsa("others-key");
        host.Put(new IdentityProvider("op-other", "Other", "", other.Issuer, other.JwksUri));
        host.Put(new IdentityPool("pool-other", "op-other", "Other", "", "claims.sub", "true"));
        await host.AcceptsAsync(other.Token(other.Claims(host.Now)), "pool-other");

        await host.RefusesAsync(host.Issuer.Token(host.Claims(), other.Key), RefusalRule.UnknownKey);
    }

    [Theory]
    [InlineData("31 crit", "\"crit\":[\"exp\"]")]
    [InlineData("31 empty crit", "\"crit\":[]")]
    [InlineData("31 crit of a known header", "\"crit\":[\"alg\",\"alg\"]")]
    [InlineData("31 b64 false", "\"crit\":[\"b64\"],\"b64\":false")]
    [InlineData("31 b64 without crit", "\"b64\":false")]
    [InlineData("32 zip", "\"zip\":\"DEF\"")]
    [InlineData("32 zip of nobody's", "\"zip\":\"none\"")]
    [InlineData("32 zip that is no string", "\"zip\":[\"NONE\"]")]
    [InlineData("32 zip that is null", "\"zip\":null")]
    [InlineData("34 nested", "\"cty\":\"JWT\"")]
    [InlineData("34 nested in lower case", "\"cty\":\"jwt\"")]
    [InlineData("35 encrypted", "\"enc\":\"A256GCM\"")]
    public async Task A_header_that_changes_what_the_rest_means_is_refused(string attack, string member)
    {
        await using var host = await IdentityHost.StartAsync();
        var token = host.Issuer.Key.Sign($$"""{"alg":"RS256","kid":"key-1",{{member}}}""", host.Claims().ToJsonString());

        Assert.True((await host.RefusesAsync(token, RefusalRule.MalformedToken)).Detail.Length > 0, attack);
    }

    [Theory]
    [InlineData("dpop+jwt")]
    [InlineData("logout+jwt")]
    [InlineData("secevent+jwt")]
    [InlineData("token-introspection+jwt")]
    [InlineData("oauth-authz-req+jwt")]
    [InlineData("id_token+jwt")]
    [InlineData("ID")]
    [InlineData("application/logout+jwt")]
    [InlineData("JWE")]
    [InlineData("at+jwt2")]
    [InlineData("")]
    public async Task Attack_33_another_typ_is_refused(string type)
    {
        await using var host = await IdentityHost.StartAsync();
        var header = TestIssuer.Header(host.Issuer.Key);
        header["typ"] = type;

        await host.RefusesAsync(host.Issuer.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()), RefusalRule.NotAnAccessToken);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("at+jwt")]
    [InlineData("AT+JWT")]
    [InlineData("application/at+jwt")]
    public async Task The_types_of_access_tokens_are_accepted(string? type)
    {
        await using var host = await IdentityHost.StartAsync();
        var header = TestIssuer.Header(host.Issuer.Key);
        header["typ"] = type;
        if (type is null)
        {
            header.Remove("typ");
        }

        await host.AcceptsAsync(host.Issuer.Key.Sign(header.ToJsonString(), host.Claims().ToJsonString()));
    }

    [Theory]
    [InlineData("""{"alg":"none","alg":"RS256","kid":"key-1"}""")]
    [InlineData("""{"alg":"RS256","alg":"none","kid":"key-1"}""")]
    [InlineData("""{"alg":"RS256","kid":"key-1","\u0061lg":"none"}""")]
    [InlineData("""{"alg":"RS256","kid":"other","kid":"key-1"}""")]
    public async Task Attack_36_a_member_named_twice_is_refused(string header)
    {
        await using var host = await IdentityHost.StartAsync();

        await host.RefusesAsync(host.Issuer.Key.Sign(header, host.Claims().ToJsonString()), RefusalRule.MalformedToken);
    }

    [Fact]
    public async Task Attack_35_five_parts_are_refused_as_encrypted()
    {
        await using var host = await IdentityHost.StartAsync();
        var part = TestKey.Encode(Encoding.ASCII.GetBytes("part"));

        var refusal = await host.RefusesAsync($"{TestKey.Encode("""{"alg":"RSA-OAEP","enc":"A256GCM"}""")}.{part}.{part}.{part}.{part}", RefusalRule.MalformedToken);

        Assert.Contains("JWE", refusal.Detail, StringComparison.Ordinal);
    }
}
