using Sluice.Testing;
using Sluice.Testing.Issuers;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Brokers;

/// <summary>One broker with every listener, and one gateway in front of all of them by configuration. Skips where there is no launcher.</summary>
public sealed class SecuredKafka : IAsyncLifetime
{
    public const string Topic = "orders";

    private static readonly RealKafkaOptions Wanted = new() { NeedsLauncher = true };

    private readonly TestCertificates _certificates = new();
    private readonly TestCertificates _others = new();
    private RealKafka? _kafka;
    private ServeHost? _gateway;
    private Superuser? _superuser;

    internal ServeHost Gateway
    {
        get
        {
            if (RealKafka.WhyNot(Wanted) is { } why)
            {
                Assert.Skip(why);
            }

            return _gateway!;
        }
    }

    internal Superuser Superuser => _superuser!;

    public async ValueTask InitializeAsync()
    {
        if (RealKafka.WhyNot(Wanted) is not null)
        {
            return;
        }

        var issuer = await TestIssuer.StartAsync();
        _kafka = await RealKafka.StartAsync(Wanted with
        {
            JwksFile = issuer.JwksUri,
            Issuer = issuer.Issuer,
            Audience = "kafka-rest",
            TlsDirectory = _certificates.Directory,
        });
        _superuser = new Superuser(_kafka);
        await _superuser.CreateTopicAsync(Topic);
        string[][] clusters =
        [
            ["lkc-plain", $"bootstrap.servers={_kafka.Scram}", "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.username=admin", "sasl.password=admin-secret"],
            ["lkc-scram", $"bootstrap.servers={_kafka.Scram}", "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=SCRAM-SHA-512", "sasl.username=admin", "sasl.password=admin-secret"],
            ["lkc-alice", $"bootstrap.servers={_kafka.Scram}", "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=SCRAM-SHA-512", "sasl.username=alice", "sasl.password=alice-secret"],
            ["lkc-wrong", $"bootstrap.servers={_kafka.Scram}", "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=SCRAM-SHA-512", "sasl.username=admin", "sasl.password=hunter2"],
            ["lkc-tls", $"bootstrap.servers={_kafka.Tls}", "security.protocol=SSL", $"ssl.ca.location={_certificates.AuthorityFile}"],
            ["lkc-untrusted", $"bootstrap.servers={_kafka.Tls}", "security.protocol=SSL", $"ssl.ca.location={_others.AuthorityFile}"],
            ["lkc-mtls", $"bootstrap.servers={_kafka.Tls}", "security.protocol=SSL", $"ssl.ca.location={_certificates.AuthorityFile}", $"ssl.certificate.location={_certificates.ClientFile}", $"ssl.key.location={_certificates.ClientKeyFile}"],
            ["lkc-oidc", $"bootstrap.servers={_kafka.OAuth}", "security.protocol=SASL_PLAINTEXT", "sasl.mechanism=OAUTHBEARER", "sasl.oauthbearer.method=oidc", $"sasl.oauthbearer.token.endpoint.url={issuer.TokenUri}", "sasl.oauthbearer.client.id=gateway-oidc", "sasl.oauthbearer.client.secret=any"],
            ["lkc-pass", $"bootstrap.servers={_kafka.OAuth}", "security.protocol=SASL_PLAINTEXT"],
        ];
        _gateway = await ServeHost.StartAsync(
            [.. clusters.SelectMany((cluster, i) => cluster.Skip(1).Select(setting => $"Clusters:{i}:Client:{setting}").Append($"Clusters:{i}:ClusterId={cluster[0]}").Append($"Clusters:{i}:UnavailableAfter=00:00:20")),
             $"Clusters:{clusters.Length - 1}:BrokerIdentity=Passthrough"],
            null,
            ofIssuer: issuer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
            await _superuser!.DisposeAsync();
            await _kafka!.DisposeAsync();
        }

        _certificates.Dispose();
        _others.Dispose();
    }
}
