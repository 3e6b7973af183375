using Sluice.Testing;
using Sluice.Testing.Issuers;

namespace Sluice.Tests.Identity;

/// <summary>DPoP with nonces over real sockets, as a client goes about it (RFC 9449 §8–9).</summary>
public sealed class DpopNonceTests
{
    private readonly DpopClient _client = new();

    [Fact]
    public async Task A_client_is_given_a_nonce_uses_it_and_each_proof_is_good_once()
    {
        await using var host = await StartAsync(demanded: true);
        var token = host.Token(claims => _client.Bind(claims));
        var url = host.Gateway.Info.Url + host.Topics;

        var challenged = await SendAsync(host, token, _client.Proof(token, "GET", url));
        var nonce = Assert.Single(challenged.Headers.GetValues("DPoP-Nonce"));
        var proof = _client.Proof(token, "GET", url, nonce);
        var first = await SendAsync(host, token, proof);
        var replayed = await SendAsync(host, token, proof);
        var second = await SendAsync(host, token, _client.Proof(token, "GET", url, nonce));

        Assert.Equal((401, 40101), (challenged.Status, challenged.ErrorCode));
        Assert.Equal("no-store", challenged.Headers.CacheControl!.ToString());
        Assert.Contains("error=\"use_dpop_nonce\"", Challenge(challenged), StringComparison.Ordinal);
        Assert.Contains("algs=\"", Challenge(challenged), StringComparison.Ordinal);
        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(401, replayed.Status);
        Assert.Contains("error=\"invalid_dpop_proof\"", Challenge(replayed), StringComparison.Ordinal);
        Assert.False(replayed.Headers.Contains("DPoP-Nonce"));
    }

    [Theory]
    [InlineData("", "use_dpop_nonce")]
    [InlineData("made-up", "use_dpop_nonce")]
    public async Task A_nonce_that_was_not_given_out_is_answered_with_one_that_is(string nonce, string error)
    {
        await using var host = await StartAsync(demanded: true);
        var token = host.Token(claims => _client.Bind(claims));

        var answer = await SendAsync(host, token, _client.Proof(token, "GET", host.Gateway.Info.Url + host.Topics, nonce));

        Assert.Equal(401, answer.Status);
        Assert.Contains($"error=\"{error}\"", Challenge(answer), StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers.GetValues("DPoP-Nonce"));
    }

    [Fact]
    public async Task A_proof_for_another_request_or_token_is_refused_with_and_without_nonces()
    {
        foreach (var demanded in (bool[])[true, false])
        {
            await using var host = await StartAsync(demanded);
            var token = host.Token(claims => _client.Bind(claims));
            var url = host.Gateway.Info.Url + host.Topics;
            var nonce = demanded ? (await SendAsync(host, token, _client.Proof(token, "GET", url))).Headers.GetValues("DPoP-Nonce").Single() : null;

            Assert.Equal(200, (await SendAsync(host, token, _client.Proof(token, "GET", url, nonce))).Status);
            foreach (var (what, proof) in new (string, string)[]
            {
                ("htm", _client.Proof(token, "POST", url, nonce)),
                ("htm in another case", _client.Proof(token, "get", url, nonce)),
                ("htu of another path", _client.Proof(token, "GET", url + "/x", nonce)),
                ("htu of another host", _client.Proof(token, "GET", "https://kafka.example.com" + host.Topics, nonce)),
                ("ath of another token", _client.Proof(host.Token(claims => claims["jti"] = "other"), "GET", url, nonce)),
                ("no ath", _client.Proof(token, "GET", url, nonce, claims => claims.Remove("ath"))),
                ("old", _client.Proof(token, "GET", url, nonce, claims => claims["iat"] = IssuerGateway.Now.AddMinutes(-5).ToUnixTimeSeconds())),
                ("of the future", _client.Proof(token, "GET", url, nonce, claims => claims["iat"] = IssuerGateway.Now.AddMinutes(5).ToUnixTimeSeconds())),
                ("another client's", new DpopClient().Proof(token, "GET", url, nonce)),
            })
            {
                var answer = await SendAsync(host, token, proof);
                Assert.True(answer.Status == 401 && Challenge(answer).Contains("invalid_dpop_proof", StringComparison.Ordinal), $"{what}: {answer.Status} {answer.Body}");
            }
        }
    }

    [Fact]
    public async Task A_token_that_is_no_good_is_challenged_in_the_scheme_it_was_sent_under_too()
    {
        await using var host = await StartAsync(demanded: false);
        var token = host.Token(claims =>
        {
            _client.Bind(claims);
            claims["exp"] = IssuerGateway.Now.AddMinutes(-5).ToUnixTimeSeconds();
        });

        var dpop = await SendAsync(host, token, _client.Proof(token, "GET", host.Gateway.Info.Url + host.Topics));
        var bearer = await host.PresentAsync(token);

        Assert.Equal((401, 40101), (dpop.Status, dpop.ErrorCode));
        Assert.Equal(["Bearer", "DPoP"], dpop.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        Assert.All(dpop.Headers.WwwAuthenticate, challenge => Assert.Contains("error=\"invalid_token\"", challenge.Parameter, StringComparison.Ordinal));
        Assert.Equal("Bearer", Assert.Single(bearer.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task A_query_is_no_part_of_htu()
    {
        await using var host = await StartAsync(demanded: false);
        var token = host.Token(claims => _client.Bind(claims));
        var url = host.Gateway.Info.Url + host.Topics;

        var answer = await host.SendAsync(host.Topics + "?x=1", ("Authorization", $"DPoP {token}"), ("DPoP", _client.Proof(token, "GET", url)));

        Assert.Equal(200, answer.Status);
    }

    private static Task<IssuerGateway> StartAsync(bool demanded) => IssuerGateway.StartAsync(null, $"Sluice:Identity:Dpop:RequireNonce={demanded}");

    private static Task<Answer> SendAsync(IssuerGateway host, string token, string proof) =>
        host.SendAsync(host.Topics, ("Authorization", $"DPoP {token}"), ("DPoP", proof));

    private static string Challenge(Answer answer) => Assert.Single(answer.Headers.WwwAuthenticate, challenge => challenge.Scheme == "DPoP").Parameter!;
}
