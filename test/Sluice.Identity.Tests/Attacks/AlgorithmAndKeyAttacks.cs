using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Attacks;

/// <summary>Attacks 1 to 20: algorithm confusion and keys that are none. Nothing here may be accepted.</summary>
public sealed class AlgorithmAndKeyAttacks
{
    [Theory]
    [InlineData("1 none without signature", "\"none\"", false)]
    [InlineData("2 None", "\"None\"", false)]
    [InlineData("2 NONE", "\"NONE\"", true)]
    [InlineData("2 nOnE", "\"nOnE\"", true)]
    [InlineData("2 empty", "\"\"", true)]
    [InlineData("2 null", "null", true)]
    [InlineData("2 number", "256", true)]
    [InlineData("2 array", "[\"RS256\"]", true)]
    [InlineData("2 missing", null, true)]
    [InlineData("2 lower case", "\"rs256\"", true)]
    [InlineData("2 with space", "\"RS256 \"", true)]
    [InlineData("3 none with a signature", "\"none\"", true)]
    [InlineData("9 RS1", "\"RS1\"", true)]
    [InlineData("9 SHA-1 by its URL", "\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"", true)]
    [InlineData("9 ES256K", "\"ES256K\"", true)]
    [InlineData("9 RSA-OAEP", "\"RSA-OAEP\"", true)]
    public async Task An_algorithm_that_is_no_public_key_signature_is_refused(string attack, string? algorithm, bool signed)
    {
        await using var host = await IdentityHost.StartAsync();
        var member = algorithm is null ? "" : $"\"alg\":{algorithm},";
        var token = host.Issuer.Key.Sign($$"""{{{member}}"typ":"JWT","kid":"key-1"}""", host.Claims().ToJsonString());

        var refusal = await host.RefusesAsync(signed ? token : token[..(token.LastIndexOf('.') + 1)], RefusalRule.ForbiddenAlgorithm);

        Assert.True(refusal.Detail.Length > 0, attack);
    }

    [Theory]
    [InlineData("4 the public key as PEM")]
    [InlineData("5 the public key as DER")]
    [InlineData("5 the modulus")]
    [InlineData("6 an empty key")]
    [InlineData("19 an oct key of the set")]
    public async Task A_symmetric_signature_with_what_everybody_knows_is_refused(string attack)
    {
        await using var host = await IdentityHost.StartAsync();
        var rsa = host.Issuer.Key.RsaKey;
        var secret = attack switch
        {
            "4 the public key as PEM" => Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()),
            "5 the public key as DER" => rsa.ExportSubjectPublicKeyInfo(),
            "5 the modulus" => rsa.ExportParameters(false).Modulus!,
            "6 an empty key" => [],
            _ => "published secret"u8.ToArray(),
        };
        host.Issuer.PublishedKeys =
        [
            host.Issuer.Key.Jwk, new JsonObject { ["kty"] = "oct", ["kid"] = "oct-1", ["k"] = TestKey.Encode("published secret"u8.ToArray()), ["alg"] = "HS256" },
        ];

        foreach (var keyId in (string[])["key-1", "oct-1"])
        {
            var signed = $"{TestKey.Encode($$"""{"alg":"HS256","kid":"{{keyId}}"}""")}.{TestKey.Encode(host.Claims().ToJsonString())}";
            await host.RefusesAsync($"{signed}.{TestKey.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}", RefusalRule.ForbiddenAlgorithm);
        }
    }

    [Fact]
    public async Task Attacks_7_8_13_a_key_is_used_for_its_own_family_and_algorithm_only()
    {
        await using var host = await IdentityHost.StartAsync();
        var elliptic = TestKey.EllipticCurve("ec-1");
        var wide = TestKey.EllipticCurve("ec-384", "ES384");
        host.Issuer.PublishedKeys = [host.Issuer.Key.Jwk, elliptic.Jwk, wide.Jwk];

        await host.RefusesAsync(Signed(host, host.Issuer.Key, "RS256", "ec-1"), RefusalRule.ForbiddenAlgorithm);
        await host.RefusesAsync(Signed(host, host.Issuer.Key, "PS256", "key-1"), RefusalRule.ForbiddenAlgorithm);
        await host.RefusesAsync(Signed(host, wide, "ES256", "ec-384"), RefusalRule.ForbiddenAlgorithm);
        await host.RefusesAsync(Signed(host, elliptic, "EdDSA", "ec-1"), RefusalRule.ForbiddenAlgorithm);
        await host.AcceptsAsync(Signed(host, elliptic, "ES256", "ec-1"));
        await host.AcceptsAsync(Signed(host, wide, "ES384", "ec-384"));
    }

    [Fact]
    public async Task Attack_11_an_all_zero_ECDSA_signature_is_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.Key = TestKey.EllipticCurve("ec-1");
        var token = host.Token();

        await host.RefusesAsync(WithSignature(token, new byte[64]), RefusalRule.BadSignature);
        await host.RefusesAsync(WithSignature(token, [.. new byte[32], .. RandomNumberGenerator.GetBytes(32)]), RefusalRule.BadSignature);
        await host.RefusesAsync(WithSignature(token, [.. RandomNumberGenerator.GetBytes(32), .. new byte[32]]), RefusalRule.BadSignature);
        await host.RefusesAsync(WithSignature(token, [.. Enumerable.Repeat((byte)255, 64)]), RefusalRule.BadSignature);
    }

    [Fact]
    public async Task Attack_12_a_DER_encoded_ECDSA_signature_is_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("ec-1");
        host.Issuer.Key = key;
        var signed = Encoding.ASCII.GetBytes(host.Token() is var token ? token[..token.LastIndexOf('.')] : "");

        await host.RefusesAsync(
            WithSignature(token, key.EllipticKey.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)), RefusalRule.BadSignature);
    }

    [Fact]
    public async Task Attack_15_an_EdDSA_signature_with_a_second_spelling_is_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.Key = TestKey.Ed25519("ed-1");
        var token = host.Token();
        await host.AcceptsAsync(token);
        var signature = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(token[(token.LastIndexOf('.') + 1)..]);
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        var second = (new BigInteger(signature.AsSpan(32), isUnsigned: true) + order).ToByteArray(isUnsigned: true);

        await host.RefusesAsync(WithSignature(token, [.. signature[..32], .. second, .. new byte[32 - second.Length]]), RefusalRule.BadSignature);
    }

    [Theory]
    [InlineData("10 RSA of 1024 bits")]
    [InlineData("14 a point off the curve")]
    [InlineData("16 exponent 1")]
    [InlineData("16 even exponent")]
    [InlineData("16 modulus of 16384 bits")]
    [InlineData("17 use enc")]
    [InlineData("18 key_ops encrypt")]
    [InlineData("20 private members")]
    [InlineData("4 no kid")]
    [InlineData("alg of another family")]
    public async Task A_published_key_that_may_not_verify_is_passed_over_and_the_others_count(string attack)
    {
        await using var host = await IdentityHost.StartAsync();
        var bad = attack switch
        {
            "10 RSA of 1024 bits" => TestKey.Rsa("bad", bits: 1024),
            "14 a point off the curve" => TestKey.EllipticCurve("bad"),
            _ => TestKey.Rsa("bad"),
        };
        switch (attack)
        {
            case "14 a point off the curve":
                bad.Jwk["x"] = TestKey.Encode(new byte[32]);
                break;
            case "16 exponent 1":
                bad.Jwk["e"] = "AQ";
                break;
            case "16 even exponent":
                bad.Jwk["e"] = "AQAC";
                break;
            case "16 modulus of 16384 bits":
                bad.Jwk["n"] = TestKey.Encode([.. Enumerable.Repeat((byte)255, 2048)]);
                break;
            case "17 use enc":
                bad.Jwk["use"] = "enc";
                break;
            case "18 key_ops encrypt":
                bad.Jwk.Remove("use");
                bad.Jwk["key_ops"] = new JsonArray("encrypt");
                break;
            case "20 private members":
                bad.Jwk["d"] = TestKey.Encode(bad.RsaKey.ExportParameters(true).D!);
                break;
            case "4 no kid":
                bad.Jwk.Remove("kid");
                break;
            case "alg of another family":
                bad.Jwk["alg"] = "ES256";
                break;
        }

        host.Issuer.PublishedKeys = [bad.Jwk, host.Issuer.Key.Jwk];

        await host.RefusesAsync(host.Issuer.Token(host.Claims(), bad), RefusalRule.UnknownKey);
        await host.AcceptsAsync(host.Token());
    }

    [Fact]
    public async Task A_set_with_nothing_but_unusable_keys_was_fetched_so_the_token_is_refused_and_not_put_off()
    {
        await using var host = await IdentityHost.StartAsync();
        var weak = TestKey.Rsa("bad", bits: 1024);
        host.Issuer.PublishedKeys = [weak.Jwk];

        await host.RefusesAsync(host.Issuer.Token(host.Claims(), weak), RefusalRule.UnknownKey);
    }

    [Fact]
    public async Task One_key_without_alg_verifies_every_algorithm_of_its_kind()
    {
        await using var host = await IdentityHost.StartAsync();
        var edwards = TestKey.Ed25519("ed-1");
        host.Issuer.Key.Jwk.Remove("alg");
        host.Issuer.Key.Jwk.Remove("use");
        edwards.Jwk.Remove("alg");
        host.Issuer.PublishedKeys = [host.Issuer.Key.Jwk, edwards.Jwk];

        foreach (var algorithm in (string[])["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
        {
            await host.AcceptsAsync(Signed(host, host.Issuer.Key, algorithm, "key-1"));
        }

        await host.AcceptsAsync(Signed(host, edwards, "EdDSA", "ed-1"));
        await host.AcceptsAsync(Signed(host, edwards, "Ed25519", "ed-1"));
    }

    [Theory]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    public async Task A_provider_that_may_use_EdDSA_may_use_both_its_names_and_nothing_else(string allowed)
    {
        await using var host = await IdentityHost.StartAsync();
        var edwards = TestKey.Ed25519("ed-1");
        host.Issuer.PublishedKeys = [host.Issuer.Key.Jwk, edwards.Jwk];
        host.Change(provider => provider with { AllowedAlgorithms = [allowed] });

        await host.AcceptsAsync(Signed(host, edwards, "EdDSA", "ed-1"));
        await host.AcceptsAsync(Signed(host, edwards, "Ed25519", "ed-1"));
        await host.RefusesAsync(Signed(host, host.Issuer.Key, "RS256", "key-1"), RefusalRule.ForbiddenAlgorithm);
    }

    [Fact]
    public async Task Two_keys_with_one_kid_are_both_tried_and_never_another()
    {
        await using var host = await IdentityHost.StartAsync();
        var twin = TestKey.Rsa("key-1");
        host.Issuer.PublishedKeys = [twin.Jwk, host.Issuer.Key.Jwk, TestKey.Rsa("other").Jwk];

        await host.AcceptsAsync(host.Token());
        await host.AcceptsAsync(host.Issuer.Token(host.Claims(), twin));
        await host.RefusesAsync(Signed(host, host.Issuer.Key, "RS256", "other"), RefusalRule.BadSignature);
    }

    [Fact]
    public async Task A_token_without_kid_needs_exactly_one_key_that_fits()
    {
        await using var host = await IdentityHost.StartAsync();
        host.Issuer.PublishedKeys = [host.Issuer.Key.Jwk, TestKey.EllipticCurve("ec-1").Jwk];
        await host.AcceptsAsync(Nameless("orders-svc"));

        host.Issuer.PublishedKeys = [host.Issuer.Key.Jwk, TestKey.Rsa("second").Jwk];
        await host.RefreshKeysAsync();

        await host.RefusesAsync(Nameless("another"), RefusalRule.UnknownKey);

        string Nameless(string subject) => host.Issuer.Key.Sign("""{"alg":"RS256"}""", host.Claims(subject).ToJsonString());
    }

    private static string Signed(IdentityHost host, TestKey key, string algorithm, string keyId)
    {
        var signed = $"{TestKey.Encode($$"""{"alg":"{{algorithm}}","kid":"{{keyId}}"}""")}.{TestKey.Encode(host.Claims().ToJsonString())}";
        return $"{signed}.{TestKey.Encode(key.Signature(Encoding.ASCII.GetBytes(signed), algorithm))}";
    }

    private static string WithSignature(string token, byte[] signature) => $"{token[..token.LastIndexOf('.')]}.{TestKey.Encode(signature)}";
}
