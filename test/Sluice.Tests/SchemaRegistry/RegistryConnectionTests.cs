using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.SchemaRegistry;

/// <summary>The ways to a registry: <c>sluice dev --schema-registry</c>, HTTP Basic, TLS, client certificates; each the right and the wrong way.</summary>
public sealed class RegistryConnectionTests
{
    private const string Record = """{"value":{"data":5}}""";

    private static readonly (string, string)[] Basic = [("Username", GuardedRegistry.User), ("Password", GuardedRegistry.Password)];

    [Fact]
    public async Task Basic_credentials_are_shown_to_the_registry()
    {
        await using var registry = await GuardedRegistry.StartAsync();

        var right = await ProduceAsync(registry, Basic);
        var wrong = await ProduceAsync(registry, ("Username", GuardedRegistry.User), ("Password", "guess"));
        var none = await ProduceAsync(registry);

        AssertStored(right);
        AssertRefused(wrong, "The Schema Registry answered 40101");
        AssertRefused(none, "The Schema Registry answered 40101");
        Assert.DoesNotContain("guess", wrong.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_TLS_the_registrys_certificate_must_be_one_that_the_machine_trusts_for_that_host()
    {
        using var files = new TestCertificates();
        using var certificates = new IssuedCertificates();
        await using var registry = await GuardedRegistry.StartAsync(certificates.Server, certificates.Issuer);
        await using var elsewhere = await GuardedRegistry.StartAsync(certificates.Elsewhere, certificates.Issuer);

        AssertStored(await ProduceTrustingAsync(registry, certificates, files.Directory));
        AssertRefused(await ProduceTrustingAsync(elsewhere, certificates, files.Directory), "cannot be reached");
        AssertRefused(await ProduceAsync(registry, Basic), "cannot be reached");
        Assert.Single(registry.Seen); // the others sent nothing, least of all the password
        Assert.Empty(elsewhere.Seen);
    }

    [Fact]
    public async Task A_registry_that_wants_a_client_certificate_gets_the_keystores()
    {
        using var files = new TestCertificates();
        using var certificates = new IssuedCertificates();
        var keystore = Path.Combine(files.Directory, "client.p12");
        await File.WriteAllBytesAsync(keystore, certificates.Server.Export(X509ContentType.Pkcs12, "keystore-secret"), TestContext.Current.CancellationToken);
        await using var registry = await GuardedRegistry.StartAsync(certificates.Server, certificates.Issuer, wantsClientCertificate: true);

        AssertStored(await ProduceTrustingAsync(
            registry, certificates, files.Directory, ("KeystoreFile", keystore), ("KeystorePassword", "keystore-secret")));
        AssertRefused(await ProduceTrustingAsync(registry, certificates, files.Directory), "cannot be reached");
    }

    [Fact]
    public async Task Dev_takes_the_registry_on_its_command_line()
    {
        await using var registry = await GuardedRegistry.StartAsync();
        await using var with = await SluiceProcess.StartAsync(arguments: ["--schema-registry", $"{registry.Url}/apis/ccompat/v7"]);
        await using var without = await SluiceProcess.StartAsync();

        // Without credentials the registry refuses; that it was asked is what is looked at.
        AssertRefused(await ProduceAsync(with), "The Schema Registry answered 40101");
        Assert.NotEmpty(registry.Seen);
        Assert.Equal(400, (await ProduceAsync(without)).Lines[0].GetProperty("error_code").GetInt32());
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://registry.example.com")]
    public async Task Dev_says_what_is_wrong_with_an_address(string url)
    {
        var data = Directory.CreateTempSubdirectory("sluice-registry-");
        try
        {
            var (exitCode, output, error) = await SluiceProcess.RunAsync("dev", "--data", data.FullName, "--urls", "http://127.0.0.1:0", "--schema-registry", url);

            Assert.NotEqual(0, exitCode);
            Assert.Contains("--schema-registry", output + error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<Answer> ProduceAsync(GuardedRegistry registry, params (string Name, string Value)[] settings)
    {
        await using var gateway = await GatewayHost.StartAsync(builder => builder.Configuration.AddInMemoryCollection(
        [
            new("Sluice:SchemaRegistry:Url", $"{registry.Url}/apis/ccompat/v7"), new("Sluice:SchemaRegistry:Timeout", "00:00:30"),
            .. settings.Select(setting => new KeyValuePair<string, string?>($"Sluice:SchemaRegistry:{setting.Name}", setting.Value)),
        ]));
        await Rest.V3.SharedGateways.ReadyAsync(gateway);
        await gateway.CreateTopicAsync("t");
        return await gateway.PostAsync($"{gateway.Cluster}/topics/t/records", Record);
    }

    /// <summary>Through a gateway in a process of its own, which trusts the root as an operator would have it.</summary>
    private static async Task<Answer> ProduceTrustingAsync(
        GuardedRegistry registry, IssuedCertificates certificates, string directory, params (string Name, string Value)[] settings)
    {
        var root = Path.Combine(directory, "root.pem");
        await File.WriteAllTextAsync(root, certificates.Root.ExportCertificatePem(), TestContext.Current.CancellationToken);
        var secret = State.ApiKeySecret.Create();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SSL_CERT_FILE"] = root,
            ["urls"] = "http://127.0.0.1:0",
            ["Sluice__DataDirectory"] = Path.Combine(directory, Guid.NewGuid().ToString("N")),
            ["Sluice__Administrator__ApiKey"] = "ADMIN",
            ["Sluice__Administrator__Secret"] = secret,
            ["Clusters__0__Kind"] = "Embedded",
            ["Clusters__0__ClusterId"] = "lkc-local",
        };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("Url", $"{registry.Url}/apis/ccompat/v7"), ("Timeout", "00:00:30"), .. Basic, .. settings])
        {
            environment[$"Sluice__SchemaRegistry__{name}"] = value;
        }

        await using var sluice = await SluiceProcess.ServeAsync(directory, environment);
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(sluice.Url) };
        http.DefaultRequestHeaders.Authorization = GatewayHost.Basic("ADMIN", secret);
        return await ProduceAsync(http, "lkc-local");
    }

    private static async Task<Answer> ProduceAsync(SluiceProcess sluice)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(sluice.Info.Url) };
        using var ask = new HttpRequestMessage(HttpMethod.Post, sluice.Info.OktaTokenUrl)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", sluice.Info.Scope)]),
        };
        ask.Headers.Authorization = GatewayHost.Basic(sluice.Info.ClientId, sluice.Info.ClientSecret);
        using var told = await http.SendAsync(ask, TestContext.Current.CancellationToken);
        var token = (await Answer.FromAsync(told)).Json.GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        http.DefaultRequestHeaders.Add("Confluent-Identity-Pool-Id", sluice.Info.PoolId);
        return await ProduceAsync(http, sluice.Info.ClusterId);
    }

    private static async Task<Answer> ProduceAsync(HttpClient http, string clusterId)
    {
        var cluster = $"/kafka/v3/clusters/{clusterId}";
        using var topic = new StringContent("""{"topic_name":"t"}""", System.Text.Encoding.UTF8, "application/json");
        using var made = await http.PostAsync($"{cluster}/topics", topic, TestContext.Current.CancellationToken);
        using var record = new StringContent(Record, System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync($"{cluster}/topics/t/records", record, TestContext.Current.CancellationToken);
        return await Answer.FromAsync(response);
    }

    private static void AssertStored(Answer answer)
    {
        Assert.True(answer.Lines[0].GetProperty("error_code").GetInt32() == 200, answer.Body);
        Assert.Equal((7, 3), (answer.Lines[0].GetProperty("value").GetProperty("schema_id").GetInt32(), answer.Lines[0].GetProperty("value").GetProperty("schema_version").GetInt32()));
    }

    private static void AssertRefused(Answer answer, string why)
    {
        Assert.Equal(422, answer.Lines[0].GetProperty("error_code").GetInt32());
        Assert.Contains(why, answer.Lines[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
