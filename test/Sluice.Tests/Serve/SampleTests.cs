using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sluice.State;
using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Serve;

/// <summary><c>samples/kafka/appsettings.json</c> as it is, with only addresses, files and the password of this machine.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_kafka_sample_serves_a_real_cluster()
    {
        if (RealKafka.WhyNot(new RealKafkaOptions { NeedsLauncher = true }) is { } why)
        {
            Assert.Skip(why);
        }

        var kafka = await SharedKafka.StartAsync();
        using var certificates = new TestCertificates();
        var directory = Directory.CreateTempSubdirectory("sluice-sample-");
        try
        {
            File.Copy(Path.Combine(Root(), "samples", "kafka", "appsettings.json"), Path.Combine(directory.FullName, "appsettings.json"));
            var secret = ApiKeySecret.Create();
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "admin"), secret, TestContext.Current.CancellationToken);
            await using var sluice = await SluiceProcess.ServeAsync(
                directory.FullName,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Kestrel__Endpoints__Https__Url"] = "https://127.0.0.1:0",
                    ["Kestrel__Endpoints__Https__Certificate__Path"] = certificates.ServerFile,
                    ["Kestrel__Endpoints__Https__Certificate__KeyPath"] = certificates.ServerKeyFile,
                    ["Sluice__DataDirectory"] = Path.Combine(directory.FullName, "data"),
                    ["Sluice__Administrator__SecretFile"] = Path.Combine(directory.FullName, "admin"),
                    ["Clusters__0__Client__bootstrap.servers"] = kafka.Scram,
                    ["Clusters__0__Client__security.protocol"] = "SASL_PLAINTEXT", // the test broker's SCRAM listener has no TLS
                    ["Clusters__0__Client__ssl.ca.location"] = certificates.AuthorityFile,
                    ["Clusters__0__Client__SASL_USERNAME"] = "admin",
                    ["Clusters__0__Client__SASL_PASSWORD"] = "admin-secret",
                });

            using var handler = new SocketsHttpHandler { SslOptions = Trusting(certificates.AuthorityFile) };
            using var http = new HttpClient(handler);
            http.DefaultRequestHeaders.Authorization = GatewayHost.Basic("ADMIN", secret);
            using var answer = await http.GetAsync($"{sluice.Url}/kafka/v3/clusters/lkc-orders", TestContext.Current.CancellationToken);
            var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

            Assert.Equal((200, "lkc-orders"), ((int)answer.StatusCode, body.GetProperty("cluster_id").GetString()));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static SslClientAuthenticationOptions Trusting(string authorityFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authorityFile));
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Sluice.slnx")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
