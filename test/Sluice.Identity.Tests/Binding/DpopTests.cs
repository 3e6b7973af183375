using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Sluice.Testing.Issuers;

namespace Sluice.Identity.Tests.Binding;

/// <summary>DPoP-bound tokens (RFC 9449).</summary>
public sealed class DpopTests
{
    private const string Path = "/kafka/v3/clusters";

    [Fact]
    public async Task A_bound_token_with_its_proof_is_accepted_once_per_proof()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var token = Bound(host, key);
        var proof = Proof(host, key, token);

        Assert.NotNull((await PresentAsync(host, token, proof)).Caller);

        var again = await PresentAsync(host, token, proof);
        Assert.Equal(RefusalRule.BadDpopProof, again.Refusal?.Rule);
        Assert.NotNull((await PresentAsync(host, token, Proof(host, key, token))).Caller);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES384")]
    [InlineData("EdDSA")]
    public async Task A_proof_may_use_every_public_key_algorithm(string algorithm)
    {
        await using var host = await IdentityHost.StartAsync();
        var key = algorithm switch
        {
            "EdDSA" => TestKey.Ed25519("client"),
            "ES384" => TestKey.EllipticCurve("client", "ES384"),
            _ => TestKey.Rsa("client", algorithm),
        };
        var token = Bound(host, key);

        Assert.NotNull((await PresentAsync(host, token, Proof(host, key, token))).Caller);
    }

    [Theory]
    [InlineData("another method", "htm", "\"POST\"")]
    [InlineData("method in lower case", "htm", "\"get\"")]
    [InlineData("another path", "htu", "\"https://gateway.example/kafka/v3/other\"")]
    [InlineData("another host", "htu", "\"https://other.example/kafka/v3/clusters\"")]
    [InlineData("another scheme", "htu", "\"http://gateway.example/kafka/v3/clusters\"")]
    [InlineData("no path", "htu", "\"https://gateway.example\"")]
    [InlineData("another port", "htu", "\"https://gateway.example:8443/kafka/v3/clusters\"")]
    [InlineData("a slash more", "htu", "\"https://gateway.example/kafka/v3/clusters/\"")]
    [InlineData("a slash before", "htu", "\"https://gateway.example//kafka/v3/clusters\"")]
    [InlineData("path in upper case", "htu", "\"https://gateway.example/KAFKA/v3/clusters\"")]
    [InlineData("a user", "htu", "\"https://a@gateway.example/kafka/v3/clusters\"")]
    [InlineData("no host", "htu", "\"/kafka/v3/clusters\"")]
    [InlineData("empty", "htu", "\"\"")]
    [InlineData("old", "iat", "1795521000")]
    [InlineData("from the future", "iat", "1895521000")]
    [InlineData("iat is text", "iat", "\"1795521600\"")]
    [InlineData("no iat", "iat", null)]
    [InlineData("no jti", "jti", null)]
    [InlineData("empty jti", "jti", "\"\"")]
    [InlineData("no htm", "htm", null)]
    [InlineData("no htu", "htu", null)]
    [InlineData("no ath", "ath", null)]
    [InlineData("hash of another token", "ath", "\"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo\"")]
    public async Task A_proof_for_something_else_is_refused(string what, string claim, string? json)
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var token = Bound(host, key);

        var outcome = await PresentAsync(host, token, Proof(host, key, token, claims =>
        {
            claims.Remove(claim);
            if (json is not null)
            {
                claims[claim] = JsonNode.Parse(json);
            }
        }));

        Assert.True(outcome.Refusal?.Rule == RefusalRule.BadDpopProof, $"{what}: {outcome}");
    }

    [Theory]
    [InlineData("htu with query and fragment", "https://gateway.example/kafka/v3/clusters?page=1#x")]
    [InlineData("htu with the default port", "https://gateway.example:443/kafka/v3/clusters")]
    [InlineData("htu in upper case", "HTTPS://GATEWAY.example/kafka/v3/clusters")]
    [InlineData("htu with dots", "https://gateway.example/kafka/./v4/../v3/clusters")]
    [InlineData("an escape of what needs none", "https://gateway.example/kafka/v3/%63lusters")]
    [InlineData("escapes in lower case", "https://gateway.example/kafka/v3/clusters/a%2fb", Path + "/a%2Fb")]
    [InlineData("escapes in upper case", "https://gateway.example/kafka/v3/clusters/%C3%A9", Path + "/%c3%a9")]
    [InlineData("no escapes", "https://gateway.example/kafka/v3/clusters/\u00e9", Path + "/%C3%A9")]
    public async Task Another_spelling_of_the_URL_is_the_URL(string what, string uri, string path = Path)
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var token = Bound(host, key);

        var outcome = await PresentAsync(host, token, Proof(host, key, token, claims => claims["htu"] = uri), path);

        Assert.True(outcome.Caller is not null, $"{what}: {outcome}");
    }

    [Theory]
    [InlineData("typ JWT", "typ", "\"JWT\"")]
    [InlineData("no typ", "typ", null)]
    [InlineData("none", "alg", "\"none\"")]
    [InlineData("HS256", "alg", "\"HS256\"")]
    [InlineData("alg of another key", "alg", "\"RS256\"")]
    [InlineData("no jwk", "jwk", null)]
    [InlineData("jwk of text", "jwk", "\"key\"")]
    [InlineData("symmetric jwk", "jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}")]
    [InlineData("crit", "crit", "[\"exp\"]")]
    public async Task A_proof_of_another_form_is_refused(string what, string member, string? json)
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var token = Bound(host, key);

        var outcome = await PresentAsync(host, token, Proof(host, key, token, header: header =>
        {
            header.Remove(member);
            if (json is not null)
            {
                header[member] = JsonNode.Parse(json);
            }
        }));

        Assert.True(outcome.Refusal?.Rule == RefusalRule.BadDpopProof, $"{what}: {outcome}");
    }

    [Fact]
    public async Task A_proof_that_shows_the_private_key_is_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.Rsa("client");
        var token = Bound(host, key);

        var outcome = await PresentAsync(
            host, token, Proof(host, key, token, header: header => header["jwk"]!["d"] = TestKey.Encode(key.RsaKey.ExportParameters(true).D!)));

        Assert.Equal(RefusalRule.BadDpopProof, outcome.Refusal?.Rule);
    }

    [Fact]
    public async Task A_proof_by_another_key_or_none_or_two_is_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var thief = TestKey.EllipticCurve("thief");
        var token = Bound(host, key);

        Assert.Equal(RefusalRule.BadDpopProof, (await PresentAsync(host, token, Proof(host, thief, token))).Refusal?.Rule);
        Assert.Equal(RefusalRule.BadDpopProof, (await PresentAsync(host, token, default)).Refusal?.Rule);
        Assert.Equal(
            RefusalRule.BadDpopProof,
            (await PresentAsync(host, token, new StringValues([Proof(host, key, token).ToString(), Proof(host, key, token).ToString()]))).Refusal?.Rule);
    }

    [Fact]
    public async Task A_bound_token_sent_as_a_bearer_token_and_a_plain_one_sent_as_DPoP_are_refused()
    {
        await using var host = await IdentityHost.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var bound = Bound(host, key);
        var plain = host.Token();

        // Before and after it has been seen with its proof.
        Assert.Equal(RefusalRule.NotBound, (await host.CheckAsync(bound)).Refusal?.Rule);
        Assert.NotNull((await PresentAsync(host, bound, Proof(host, key, bound))).Caller);
        Assert.Equal(RefusalRule.NotBound, (await host.CheckAsync(bound)).Refusal?.Rule);
        Assert.Equal(RefusalRule.NotBound, (await PresentAsync(host, plain, Proof(host, key, plain))).Refusal?.Rule);
        await host.AcceptsAsync(plain);
        Assert.Equal(RefusalRule.NotBound, (await PresentAsync(host, plain, Proof(host, key, plain))).Refusal?.Rule);
    }

    [Fact]
    public async Task A_demanded_nonce_is_given_out_and_then_good_for_a_while()
    {
        await using var host = await IdentityHost.StartAsync(options => options.Dpop.RequireNonce = true);
        var key = TestKey.EllipticCurve("client");
        var token = Bound(host, key);

        var refusal = (await PresentAsync(host, token, Proof(host, key, token))).Refusal!;
        Assert.Equal(RefusalRule.DpopNonce, refusal.Rule);
        var answer = host.Get<RefusalAnswers>().For(refusal);
        Assert.Equal(refusal.DpopNonce, answer.DpopNonce);
        Assert.Contains(answer.Challenges, challenge => challenge.Contains("error=\"use_dpop_nonce\"", StringComparison.Ordinal) && challenge.Contains("ES256", StringComparison.Ordinal));

        Assert.NotNull((await PresentAsync(host, token, Proof(host, key, token, claims => claims["nonce"] = refusal.DpopNonce))).Caller);
        Assert.Equal(RefusalRule.DpopNonce, (await PresentAsync(host, token, Proof(host, key, token, claims => claims["nonce"] = "made-up"))).Refusal?.Rule);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(
            RefusalRule.DpopNonce, (await PresentAsync(host, token, Proof(host, key, token, claims => claims["nonce"] = refusal.DpopNonce))).Refusal?.Rule);
    }

    private static string Bound(IdentityHost host, TestKey key) =>
        host.Token(claims => claims["cnf"] = new JsonObject { ["jkt"] = Thumbprint(key), ["kc-jkt-type"] = "DPoP" });

    private static string Thumbprint(TestKey key)
    {
        string[] members = (string?)key.Jwk["kty"] switch
        {
            "RSA" => ["e", "kty", "n"],
            "EC" => ["crv", "kty", "x", "y"],
            _ => ["crv", "kty", "x"],
        };
        var canonical = $"{{{string.Join(',', members.Select(member => $"\"{member}\":\"{key.Jwk[member]}\""))}}}";
        return TestKey.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static StringValues Proof(
        IdentityHost host, TestKey key, string token, Action<JsonObject>? change = null, Action<JsonObject>? header = null)
    {
        var jwk = key.Jwk.DeepClone().AsObject();
        jwk.Remove("kid");
        jwk.Remove("use");
        jwk.Remove("alg");
        var head = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = key.Algorithm, ["jwk"] = jwk };
        header?.Invoke(head);
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["htm"] = "GET",
            ["htu"] = $"https://gateway.example{Path}",
            ["iat"] = host.Now.ToUnixTimeSeconds(),
            ["ath"] = TestKey.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
        };
        change?.Invoke(claims);
        return key.Sign(head.ToJsonString(), claims.ToJsonString());
    }

    private static Task<IdentityHost.Outcome> PresentAsync(IdentityHost host, string token, StringValues proof, string path = Path) => host.PresentAsync(
        new PresentedCredentials($"DPoP {token}", IdentityHost.PoolId) { DpopProof = proof, Method = "GET", Scheme = "https", Host = "gateway.example", Path = path });
}
