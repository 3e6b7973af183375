using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Keys;

/// <summary>Key sets as providers publish them: what one key among them lacks, or has too much of, never spoils the others.</summary>
public sealed class KeySetShapesTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    public async Task An_RSA_key_without_alg_and_use_verifies_every_RSA_algorithm(string algorithm)
    {
        await using var host = await IdentityHost.StartAsync();
        Publish(host, Without(host.Issuer.Key, "alg", "use"));

        await host.AcceptsAsync(Sign(host, host.Issuer.Key, algorithm));
    }

    [Theory]
    [InlineData("ES256", "ES256", true)]
    [InlineData("ES384", "ES384", true)]
    [InlineData("ES512", "ES512", true)]
    [InlineData("ES256", "ES384", false)]
    [InlineData("ES512", "ES256", false)]
    public async Task An_EC_key_without_alg_verifies_the_algorithm_of_its_curve_only(string curve, string algorithm, bool accepted)
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("key-1", curve);
        Publish(host, Without(key, "alg", "use"));

        var token = Sign(host, key, algorithm);

        if (accepted)
        {
            await host.AcceptsAsync(token);
        }
        else
        {
            await host.RefusesAsync(token, RefusalRule.ForbiddenAlgorithm);
        }
    }

    [Theory]
    [InlineData("EdDSA", "EdDSA")]
    [InlineData("EdDSA", "Ed25519")]
    [InlineData("Ed25519", "EdDSA")]
    [InlineData("Ed25519", "Ed25519")]
    [InlineData(null, "EdDSA")]
    [InlineData(null, "Ed25519")]
    public async Task Both_names_of_Ed25519_mean_the_same_in_keys_and_tokens(string? published, string used)
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.Ed25519("key-1");
        var jwk = Without(key, "alg");
        if (published is not null)
        {
            jwk["alg"] = published;
        }

        Publish(host, jwk);

        await host.AcceptsAsync(Sign(host, key, used));
    }

    [Fact]
    public async Task One_RSA_key_listed_once_for_each_algorithm_verifies_just_these()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = host.Issuer.Key;
        Publish(host, With(key, "alg", "RS256"), With(key, "alg", "PS256"), With(key, "alg", "RS512"));

        await host.AcceptsAsync(Sign(host, key, "RS256"));
        await host.AcceptsAsync(Sign(host, key, "PS256"));
        await host.AcceptsAsync(Sign(host, key, "RS512"));
        await host.RefusesAsync(Sign(host, key, "RS384"), RefusalRule.ForbiddenAlgorithm);
    }

    [Theory]
    [InlineData("""{"kty":"RSA","use":"enc","alg":"RSA-OAEP","kid":"enc","e":"AQAB","n":"AQAB"}""")]
    [InlineData("""{"kty":"RSA","use":"sig","kid":"certificate-only","x5c":["MIIB"]}""")]
    [InlineData("""{"kty":"AKP","alg":"ML-DSA-65","use":"sig","kid":"pq","pub":"AAAA"}""")]
    [InlineData("""{"kty":"AKP","alg":"ML-DSA-87","kid":"pq","pub":"AAAA"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed448","alg":"Ed448","kid":"448","x":"AAAA"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","use":"enc","kid":"x","x":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"secp256k1","alg":"ES256K","kid":"k1","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","kid":"short","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"oct","kid":"shared","k":"AAAA"}""")]
    [InlineData("""{"kty":"rsa","kid":"case","e":"AQAB","n":"AQAB"}""")]
    [InlineData("""{"kid":"no-kty"}""")]
    [InlineData("""{"kty":7,"kid":8,"use":[],"alg":{},"n":1,"e":null}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"key\"")]
    [InlineData("17")]
    public async Task A_key_that_cannot_be_used_is_passed_over(string other)
    {
        await using var host = await IdentityHost.StartAsync();
        await ServeAsync(host, $$"""{"keys":[{{other}},{{host.Issuer.Key.Jwk.ToJsonString()}},{{other}}]}""");

        await host.AcceptsAsync(host.Token());
    }

    [Theory]
    [InlineData("""["verify"]""", true)]
    [InlineData("""["sign","verify"]""", true)]
    [InlineData("""["encrypt"]""", false)]
    [InlineData("""["VERIFY"]""", false)]
    [InlineData("[]", false)]
    [InlineData("\"verify\"", false)]
    public async Task A_key_with_key_ops_must_be_for_verifying(string operations, bool usable)
    {
        await using var host = await IdentityHost.StartAsync();
        var jwk = Without(host.Issuer.Key, "use");
        jwk["key_ops"] = JsonNode.Parse(operations);
        Publish(host, jwk);

        if (usable)
        {
            await host.AcceptsAsync(host.Token());
        }
        else
        {
            await host.RefusesAsync(host.Token(), RefusalRule.UnknownKey);
        }
    }

    [Theory]
    [InlineData("sig", true)]
    [InlineData("jwt-svid", true)]
    [InlineData("x509-svid", false)]
    [InlineData("enc", false)]
    [InlineData("SIG", false)]
    [InlineData("", false)]
    public async Task A_key_with_use_must_be_for_signatures_of_tokens(string use, bool usable)
    {
        await using var host = await IdentityHost.StartAsync();
        Publish(host, With(host.Issuer.Key, "use", use));

        if (usable)
        {
            await host.AcceptsAsync(host.Token());
        }
        else
        {
            await host.RefusesAsync(host.Token(), RefusalRule.UnknownKey);
        }
    }

    [Fact]
    public async Task One_name_for_keys_of_different_kinds_finds_the_one_that_fits_the_algorithm()
    {
        await using var host = await IdentityHost.StartAsync();
        var curve = TestKey.EllipticCurve("key-1");
        var edwards = TestKey.Ed25519("key-1");
        Publish(host, curve.Jwk, host.Issuer.Key.Jwk, edwards.Jwk);

        await host.AcceptsAsync(host.Token());
        await host.AcceptsAsync(host.Issuer.Token(host.Claims(), curve));
        await host.AcceptsAsync(host.Issuer.Token(host.Claims(), edwards));
    }

    [Fact]
    public async Task Two_keys_of_one_name_and_kind_are_both_tried()
    {
        await using var host = await IdentityHost.StartAsync();
        var second = TestKey.Rsa("key-1");
        var stranger = TestKey.Rsa("key-1");
        Publish(host, host.Issuer.Key.Jwk, second.Jwk);

        await host.AcceptsAsync(host.Token());
        await host.AcceptsAsync(host.Issuer.Token(host.Claims(), second));
        await host.RefusesAsync(host.Issuer.Token(host.Claims(), stranger), RefusalRule.BadSignature);
    }

    [Fact]
    public async Task The_first_hundred_usable_keys_are_kept_and_unusable_ones_take_no_room()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = host.Issuer.Key;
        var keys = new List<JsonNode>();
        for (var i = 0; i < 200; i++)
        {
            keys.Add(With(key, "kid", $"key-{i + 100}"));
            keys.Add(With(key, "use", "enc"));
        }

        host.Issuer.PublishedKeys = keys;

        await host.AcceptsAsync(Sign(host, key, "RS256", "key-100"));
        await host.AcceptsAsync(Sign(host, key, "RS256", "key-199"));
        await host.RefusesAsync(Sign(host, key, "RS256", "key-200"), RefusalRule.UnknownKey);
    }

    [Fact]
    public async Task A_token_without_kid_needs_exactly_one_key_that_fits_its_algorithm()
    {
        await using var host = await IdentityHost.StartAsync();
        var second = TestKey.Rsa("key-2", "PS256");
        var curve = TestKey.EllipticCurve("key-3");
        Publish(host, host.Issuer.Key.Jwk, second.Jwk, curve.Jwk);

        await host.AcceptsAsync(Sign(host, host.Issuer.Key, "RS256", keyId: null));
        await host.AcceptsAsync(Sign(host, curve, "ES256", keyId: null));
        await host.RefusesAsync(Sign(host, curve, "ES384", keyId: null), RefusalRule.UnknownKey);

        Publish(host, host.Issuer.Key.Jwk, Without(second, "alg"));
        await host.RefreshKeysAsync();
        var two = await host.RefusesAsync(Sign(host, host.Issuer.Key, "RS256", keyId: null), RefusalRule.UnknownKey);
        Assert.Contains("2 keys", two.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_kid_is_not_used_even_alone()
    {
        await using var host = await IdentityHost.StartAsync();
        Publish(host, Without(host.Issuer.Key, "kid"));

        await host.RefusesAsync(Sign(host, host.Issuer.Key, "RS256", keyId: null), RefusalRule.UnknownKey);
        await host.RefusesAsync(host.Token(), RefusalRule.UnknownKey);
    }

    [Fact]
    public async Task An_empty_kid_is_a_name_like_others()
    {
        await using var host = await IdentityHost.StartAsync();
        Publish(host, With(host.Issuer.Key, "kid", ""));

        await host.AcceptsAsync(Sign(host, host.Issuer.Key, "RS256", ""));
        await host.RefusesAsync(Sign(host, host.Issuer.Key, "RS256", "key-1"), RefusalRule.UnknownKey);
    }

    [Fact]
    public async Task Leading_zeros_of_modulus_and_exponent_are_not_part_of_them()
    {
        await using var host = await IdentityHost.StartAsync();
        var parameters = host.Issuer.Key.RsaKey.ExportParameters(false);
        var jwk = With(host.Issuer.Key, "n", TestKey.Encode([0, 0, .. parameters.Modulus!]));
        jwk["e"] = TestKey.Encode([0, .. parameters.Exponent!]);
        Publish(host, jwk);

        await host.AcceptsAsync(host.Token());
    }

    [Fact]
    public async Task Members_that_nobody_knows_are_overlooked_in_the_set_and_in_its_keys()
    {
        await using var host = await IdentityHost.StartAsync();
        var jwk = With(host.Issuer.Key, "issuer", "https://login.microsoftonline.com/{tenantid}/v2.0");
        jwk["x5t"] = "t";
        jwk["x5c"] = new JsonArray("MIIB");
        jwk["nbf"] = 1;
        jwk["future"] = new JsonObject { ["a"] = new JsonArray(1, 2, 3) };
        await ServeAsync(host, $$"""{"spiffe_sequence":1,"signed_jwks":null,"keys":[{{jwk.ToJsonString()}}],"expires":"later"}""");

        await host.AcceptsAsync(host.Token());
    }

    [Fact]
    public async Task Members_that_are_null_are_as_good_as_absent()
    {
        await using var host = await IdentityHost.StartAsync();
        var jwk = Without(host.Issuer.Key, "alg", "use");
        foreach (var member in (string[])["alg", "use", "key_ops", "d", "p", "q", "dp", "dq", "qi", "oth", "k", "crv", "x", "y", "x5u", "x5t", "x5c"])
        {
            jwk[member] = null;
        }

        Publish(host, jwk);

        await host.AcceptsAsync(host.Token());
    }

    [Fact]
    public async Task A_byte_order_mark_before_the_set_is_overlooked()
    {
        await using var host = await IdentityHost.StartAsync();
        await ServeAsync(host, $$"""{{'\uFEFF'}}{"keys":[{{host.Issuer.Key.Jwk.ToJsonString()}}]}""");

        await host.AcceptsAsync(host.Token());
    }

    private static void Publish(IdentityHost host, params JsonNode[] keys) => host.Issuer.PublishedKeys = keys;

    private static async Task ServeAsync(IdentityHost host, string set)
    {
        host.Issuer.OnKeys = async context =>
        {
            context.Response.ContentType = "application/jwk-set+json; charset=ISO-8859-1";
            await context.Response.WriteAsync(set);
        };
        await host.RefreshKeysAsync();
    }

    private static JsonObject Without(TestKey key, params ReadOnlySpan<string> members)
    {
        var jwk = key.Jwk.DeepClone().AsObject();
        foreach (var member in members)
        {
            jwk.Remove(member);
        }

        return jwk;
    }

    private static JsonObject With(TestKey key, string member, string value)
    {
        var jwk = key.Jwk.DeepClone().AsObject();
        jwk[member] = value;
        return jwk;
    }

    private static string Sign(IdentityHost host, TestKey key, string algorithm, string? keyId = "key-1")
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null)
        {
            header["kid"] = keyId;
        }

        var signed = $"{TestKey.Encode(header.ToJsonString())}.{TestKey.Encode(host.Claims().ToJsonString())}";
        return $"{signed}.{TestKey.Encode(key.Signature(System.Text.Encoding.ASCII.GetBytes(signed), algorithm))}";
    }
}
