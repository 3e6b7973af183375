using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Sluice.Testing;
using Sluice.Testing.Issuers;

namespace Sluice.Tests.Hosting;

/// <summary>Reverse proxies in front of <c>sluice serve</c>: who is believed, and about what.</summary>
public sealed class ProxyTests
{
    private const string Cluster = "Clusters:0:ClusterId=lkc-local";

    private static readonly string[] Embedded = ["Clusters:0:Kind=Embedded", Cluster];
    private static readonly string Topics = $"{ServeHost.ClusterPath("lkc-local")}/topics";

    [Fact]
    public async Task A_certificate_bound_token_is_good_with_the_certificate_that_a_trusted_proxy_passes_on()
    {
        await using var gateway = await ServeHost.StartAsync([.. Embedded, "Sluice:Proxies:Addresses:0=127.0.0.1", "Sluice:Proxies:ClientCertificateHeader=Client-Cert"]);
        var pool = await gateway.CreatePoolAsync("orders-svc");
        using var own = Certificate("CN=own");
        using var other = Certificate("CN=other");
        var token = Bound(gateway, own);

        Assert.Equal(200, await GetAsync(gateway, token, pool, ("Client-Cert", Rfc9440(own))));
        Assert.Equal(401, await GetAsync(gateway, token, pool));
        Assert.Equal(401, await GetAsync(gateway, token, pool, ("Client-Cert", Rfc9440(other))));
        Assert.Equal(401, await GetAsync(gateway, token, pool, ("Client-Cert", "rubbish")));
        Assert.Equal(401, await GetAsync(gateway, token, pool, ("Client-Cert", Rfc9440(other)), ("Client-Cert", Rfc9440(own))));
        Assert.Equal(401, await GetAsync(gateway, token, pool, ("X-SSL-Client-Cert", Rfc9440(own))));
        Assert.Equal(200, await GetAsync(gateway, token, pool, ("client-cert", Uri.EscapeDataString(own.ExportCertificatePem()))));
    }

    [Theory]
    [InlineData("no setting")]
    [InlineData("another proxy", "Sluice:Proxies:Addresses:0=10.9.8.0/24", "Sluice:Proxies:ClientCertificateHeader=Client-Cert")]
    [InlineData("no field", "Sluice:Proxies:Addresses:0=127.0.0.1")]
    public async Task From_anybody_else_the_field_means_nothing(string circumstance, params string[] settings)
    {
        await using var gateway = await ServeHost.StartAsync([.. Embedded, .. settings]);
        var pool = await gateway.CreatePoolAsync("orders-svc");
        using var own = Certificate("CN=own");

        var status = await GetAsync(gateway, Bound(gateway, own), pool, ("Client-Cert", Rfc9440(own)), ("X-Forwarded-For", "10.9.8.7"));

        Assert.True(status == 401, circumstance);
    }

    [Fact]
    public async Task A_trusted_proxy_tells_the_scheme_and_host_that_the_client_used()
    {
        await using var gateway = await ServeHost.StartAsync([.. Embedded, "Sluice:Proxies:Addresses:0=127.0.0.0/8"]);
        var pool = await gateway.CreatePoolAsync("orders-svc");
        (string, string)[] forwarded = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "kafka.example.com"), ("X-Forwarded-For", "203.0.113.9")];

        var topics = await BodyAsync(gateway, Topics, gateway.Token("orders-svc"), pool, forwarded);
        var resource = await BodyAsync(gateway, "/.well-known/oauth-protected-resource", null, null, forwarded);

        Assert.StartsWith("https://kafka.example.com/kafka/v3/", (string?)topics["metadata"]!["self"], StringComparison.Ordinal);
        Assert.Equal("https://kafka.example.com", (string?)resource["resource"]);
    }

    [Fact]
    public async Task A_DPoP_proof_is_for_the_URL_in_front_of_the_proxy()
    {
        await using var gateway = await ServeHost.StartAsync([.. Embedded, "Sluice:Proxies:Addresses:0=127.0.0.1"]);
        await using var direct = await ServeHost.StartAsync(Embedded);
        (string, string)[] forwarded = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "kafka.example.com")];

        foreach (var (host, front, behind) in new[] { (gateway, 200, 401), (direct, 401, 200) })
        {
            var pool = await host.CreatePoolAsync("orders-svc");
            var client = new DpopClient();
            var token = host.Issuer.Token(client.Bind(host.Issuer.Claims(TimeProvider.System.GetUtcNow(), "orders-svc")));
            Task<int> Get(string htu) => GetAsync(host, token, pool, [.. forwarded, ("DPoP", client.Proof(token, "GET", htu))], "DPoP");

            Assert.Equal(front, await Get("https://kafka.example.com" + Topics));
            Assert.Equal(behind, await Get(host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + Topics));
        }
    }

    [Fact]
    public async Task Attack_80_without_a_configured_proxy_forwarded_fields_change_nothing()
    {
        await using var gateway = await ServeHost.StartAsync(Embedded);
        var pool = await gateway.CreatePoolAsync("orders-svc");

        var topics = await BodyAsync(
            gateway, Topics, gateway.Token("orders-svc"), pool, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "127.0.0.1"));

        Assert.StartsWith(gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + "/kafka/v3/", (string?)topics["metadata"]!["self"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_80_the_platforms_own_switch_believes_nobody_either()
    {
        var directory = Directory.CreateTempSubdirectory("sluice-forwarded-");
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
                ["Sluice__DataDirectory"] = Path.Combine(directory.FullName, "data"),
            };
            await using var sluice = await SluiceProcess.ServeAsync(directory.FullName, environment, ["--urls=http://127.0.0.1:0", .. Embedded.Select(setting => "--" + setting)]);
            using var handler = new SocketsHttpHandler();
            using var client = new HttpClient(handler) { BaseAddress = new Uri(sluice.Url) };
            using var request = Request(null, null, [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example")], "Bearer", "/.well-known/oauth-protected-resource");

            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

            var resource = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal(sluice.Url, (string?)resource["resource"]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Addresses", "Sluice:Proxies:Addresses:0=proxy.example")]
    [InlineData("everybody", "Sluice:Proxies:Addresses:0=0.0.0.0/0")]
    [InlineData("everybody", "Sluice:Proxies:Addresses:0=::/0")]
    [InlineData("needs Addresses", "Sluice:Proxies:ClientCertificateHeader=Client-Cert")]
    [InlineData("ClientCertificateHeader must be", "Sluice:Proxies:Addresses:0=10.0.0.1", "Sluice:Proxies:ClientCertificateHeader=Client Cert")]
    [InlineData("ClientCertificateHeader must be", "Sluice:Proxies:Addresses:0=10.0.0.1", "Sluice:Proxies:ClientCertificateHeader=authorization")]
    [InlineData("Sluice:Proxies:Address is not a setting", "Sluice:Proxies:Address=10.0.0.1")]
    public async Task A_setting_that_would_believe_the_wrong_ones_stops_the_start(string problem, params string[] settings)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServeHost.StartAsync([.. Embedded, .. settings]));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Sluice:Proxies", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_asks_for_client_certificates_over_TLS_and_takes_connections_without_one()
    {
        using var server = Certificate("CN=localhost");
        var directory = Directory.CreateTempSubdirectory("sluice-tls-");
        try
        {
            var file = Path.Combine(directory.FullName, "server.pem");
            var keyFile = Path.Combine(directory.FullName, "server.key");
            await File.WriteAllTextAsync(file, server.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(keyFile, server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
            await using var gateway = await ServeHost.StartAsync(
            [
                .. Embedded, "Kestrel:Endpoints:A:Url=http://127.0.0.1:0", "Kestrel:Endpoints:B:Url=https://127.0.0.1:0",
                $"Kestrel:Endpoints:B:Certificate:Path={file}", $"Kestrel:Endpoints:B:Certificate:KeyPath={keyFile}",
            ]);
            var pool = await gateway.CreatePoolAsync("orders-svc");
            using var own = Certificate("CN=own");
            using var other = Certificate("CN=other");
            var token = Bound(gateway, own);
            var url = gateway.Urls.Single(one => one.StartsWith("https:", StringComparison.Ordinal));

            Assert.Equal(200, await GetOverTlsAsync(own));
            Assert.Equal(401, await GetOverTlsAsync(other));
            Assert.Equal(401, await GetOverTlsAsync(null));
            Assert.Equal(200, await GetOverTlsAsync(null, gateway.Token("orders-svc")));

            async Task<int> GetOverTlsAsync(X509Certificate2? certificate, string? plain = null)
            {
                using var handler = new SocketsHttpHandler();
                handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == server.GetCertHashString();
                handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!;
                using var client = new HttpClient(handler) { BaseAddress = new Uri(url) };
                using var request = Request(plain ?? token, pool, [], "Bearer");
                using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                return (int)response.StatusCode;
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Rfc9440(X509Certificate2 certificate) => $":{Convert.ToBase64String(certificate.RawData)}:";

    private static string Bound(ServeHost gateway, X509Certificate2 certificate)
    {
        var claims = gateway.Issuer.Claims(TimeProvider.System.GetUtcNow(), "orders-svc");
        claims["cnf"] = new JsonObject { ["x5t#S256"] = TestKey.Encode(SHA256.HashData(certificate.RawData)) };
        return gateway.Issuer.Token(claims);
    }

    private static Task<int> GetAsync(ServeHost gateway, string token, string pool, params (string Name, string Value)[] fields) =>
        GetAsync(gateway, token, pool, fields, "Bearer");

    private static async Task<int> GetAsync(ServeHost gateway, string token, string pool, (string Name, string Value)[] fields, string scheme)
    {
        using var request = Request(token, pool, fields, scheme);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static async Task<JsonNode> BodyAsync(ServeHost gateway, string path, string? token, string? pool, params (string Name, string Value)[] fields)
    {
        using var request = Request(token, pool, fields, "Bearer", path);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static HttpRequestMessage Request(string? token, string? pool, (string Name, string Value)[] fields, string scheme, string? path = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path ?? Topics);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token}");
        }

        if (pool is not null)
        {
            request.Headers.Add("Confluent-Identity-Pool-Id", pool);
        }

        foreach (var (name, value) in fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    // Loaded anew, with its key: TLS wants it so.
    private static X509Certificate2 Certificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
