using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Testing;
using Sluice.Testing.Issuers;

namespace Sluice.Tests.Identity;

/// <summary>Bound tokens over real sockets: DPoP (RFC 9449) and client certificates over TLS (RFC 8705).</summary>
public sealed class BoundTokenTests
{
    [Fact]
    public async Task A_certificate_bound_token_needs_its_certificate_on_the_TLS_connection()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(dev: options => options with { Tls = true, Urls = "https://127.0.0.1:0" });
        using var own = Certificate("CN=own");
        using var other = Certificate("CN=other");
        using var plain = Client(gateway, null);
        using var bound = Client(gateway, own);
        using var thief = Client(gateway, other);
        var (provider, pool) = await AddIssuerAsync(plain, gateway, issuer);
        var claims = issuer.Claims(IssuerGateway.Now);
        claims["cnf"] = new JsonObject { ["x5t#S256"] = TestKey.Encode(SHA256.HashData(own.RawData)) };
        var token = issuer.Token(claims);

        Assert.Equal(401, await ListAsync(plain, gateway, token, pool));
        Assert.Equal(401, await ListAsync(thief, gateway, token, pool));
        Assert.Equal(200, await ListAsync(bound, gateway, token, pool));
        Assert.Equal(401, await ListAsync(plain, gateway, token, pool));
        Assert.NotEmpty(provider);
    }

    [Fact]
    public async Task A_DPoP_proof_is_for_the_URL_and_method_that_the_client_used()
    {
        await using var host = await IssuerGateway.StartAsync();
        var key = TestKey.EllipticCurve("client");
        var canonical = $$"""{"crv":"P-256","kty":"EC","x":"{{key.Jwk["x"]}}","y":"{{key.Jwk["y"]}}"}""";
        var token = host.Token(claims => claims["cnf"] = new JsonObject { ["jkt"] = TestKey.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))) });

        var good = await SendAsync("GET", host.Topics);
        var otherMethod = await SendAsync("POST", host.Topics);
        var otherUrl = await SendAsync("GET", host.Gateway.Cluster);
        var bearer = await host.PresentAsync(token);

        Assert.Equal(200, good.Status);
        Assert.Equal((401, 401, 401), (otherMethod.Status, otherUrl.Status, bearer.Status));
        Assert.Contains(otherMethod.Headers.WwwAuthenticate, challenge => challenge.Scheme == "DPoP" && challenge.Parameter!.Contains("invalid_dpop_proof", StringComparison.Ordinal));
        Assert.Contains(bearer.Headers.WwwAuthenticate, challenge => challenge.Scheme == "DPoP");

        Task<Answer> SendAsync(string method, string path)
        {
            var header = $$"""{"typ":"dpop+jwt","alg":"ES256","jwk":{{canonical}}}""";
            var proof = new JsonObject
            {
                ["jti"] = Guid.NewGuid().ToString(),
                ["htm"] = method,
                ["htu"] = host.Gateway.Info.Url + path,
                ["iat"] = IssuerGateway.Now.ToUnixTimeSeconds(),
                ["ath"] = TestKey.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
            };
            return host.SendAsync(host.Topics, ("Authorization", $"DPoP {token}"), ("DPoP", key.Sign(header, proof.ToJsonString())));
        }
    }

    [Fact]
    public async Task A_DPoP_proof_for_HEAD_is_for_HEAD_although_it_is_answered_as_GET_is()
    {
        await using var host = await IssuerGateway.StartAsync();
        var client = new DpopClient();
        var token = host.Issuer.Token(client.Bind(host.Issuer.Claims(IssuerGateway.Now)));

        Assert.Equal(200, await HeadAsync("HEAD"));
        Assert.Equal(401, await HeadAsync("GET"));

        async Task<int> HeadAsync(string method)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, host.Topics);
            request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {token}");
            request.Headers.TryAddWithoutValidation("DPoP", client.Proof(token, method, host.Gateway.Info.Url + host.Topics));
            return (await host.Gateway.SendAsync(request)).Status;
        }
    }

    private static X509Certificate2 Certificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(IssuerGateway.Now.AddDays(-1), IssuerGateway.Now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static HttpClient Client(GatewayHost gateway, X509Certificate2? certificate)
    {
        var ssl = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(gateway.Info.CaFile!) },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        if (certificate is not null)
        {
            ssl.ClientCertificates = [certificate];
            ssl.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return new HttpClient(new SocketsHttpHandler { SslOptions = ssl }) { BaseAddress = new Uri(gateway.Info.Url) };
    }

    private static async Task<(string Provider, string Pool)> AddIssuerAsync(HttpClient client, GatewayHost gateway, TestIssuer issuer)
    {
        const string Providers = "/iam/v2/identity-providers";
        var provider = await CreateAsync(
            Providers, new JsonObject { ["display_name"] = "t", ["description"] = "", ["issuer"] = issuer.Issuer, ["jwks_uri"] = issuer.JwksUri });
        var pool = await CreateAsync(
            $"{Providers}/{provider}/identity-pools",
            new JsonObject { ["display_name"] = "t", ["description"] = "", ["identity_claim"] = "claims.sub", ["filter"] = "true" });
        return (provider, pool);

        async Task<string> CreateAsync(string path, JsonObject body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Authorization = GatewayHost.Basic(gateway.Info.ApiKey, gateway.Info.ApiSecret);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, answer);
            return (string)JsonNode.Parse(answer)!["id"]!;
        }
    }

    private static async Task<int> ListAsync(HttpClient client, GatewayHost gateway, string token, string pool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{gateway.Cluster}/topics");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        request.Headers.Add("Confluent-Identity-Pool-Id", pool);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
