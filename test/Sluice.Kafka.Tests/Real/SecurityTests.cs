using Sluice.Kafka.Acls;
using Sluice.Kafka.Client;
using Sluice.Kafka.Client.Minting;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;
using Sluice.Testing.Kafka;

namespace Sluice.Kafka.Tests.Real;

public sealed class MintedIdentityTests
{
    private static readonly string Jwks = Path.Combine(Path.GetTempPath(), $"sluice-jwks-{Guid.NewGuid():N}.json");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_broker_refuses_a_pool_without_an_acl_and_allows_it_after_one_is_created()
    {
        var wanted = new RealKafkaOptions { JwksFile = Jwks, NeedsLauncher = true };
        ApacheKafka.SkipWithout(wanted);
        using var ring = new SigningKeyRing(new SigningKeyRingOptions { Issuer = wanted.Issuer, Audience = wanted.Audience, JwksFile = Jwks });
        await using var kafka = await RealKafka.StartAsync(wanted);
        await using var admin = ApacheKafka.Connect(kafka.Plain);
        var superuser = admin.For(new ClusterCaller("User:admin"));
        Assert.True((await superuser.CreateTopicAsync(new NewTopic("orders", 1, 1), Cancelled)).IsSuccess);

        var options = new KafkaClusterOptions { BrokerIdentity = BrokerIdentity.Minted, TokenMinter = ring, UnavailableAfter = ApacheKafka.Patience };
        options.Client["bootstrap.servers"] = kafka.OAuth;
        options.Client["security.protocol"] = "SASL_PLAINTEXT";
        await using var connection = new KafkaClusterConnection(options);
        var pool = connection.For(new ClusterCaller("User:pool-1"));

        var refused = await ProduceAsync(pool);
        Assert.Equal(new KafkaError(KafkaErrorCode.TopicAuthorizationFailed, "Not authorized to access topics: [orders]"), refused.Error);

        var acl = new AclBinding(AclResourceType.Topic, "orders", AclPatternType.Literal, "User:pool-1", "*", AclOperation.Write, AclPermission.Allow);
        Assert.All(await superuser.CreateAclsAsync([acl], Cancelled), made => Assert.True(made.IsSuccess, made.Error.ToString()));
        var listed = await superuser.DescribeAclsAsync(
            new AclFilter(AclResourceType.Any, null, AclPatternType.Any, "User:pool-1", null, AclOperation.Any, AclPermission.Any), Cancelled);
        Assert.Equal(acl, Assert.Single(listed.Value));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(ApacheKafka.Patience);
        while (!(await ProduceAsync(pool)).IsSuccess)
        {
            await Task.Delay(50, deadline.Token);
        }

        Assert.Equal(KafkaErrorCode.TopicAuthorizationFailed, (await ProduceAsync(connection.For(new ClusterCaller("User:pool-2")))).Error.Code);
        Assert.Equal(2, connection.ClientCount);
    }

    private static Task<DeliveryReport> ProduceAsync(ICluster cluster) =>
        cluster.ProduceAsync(new RecordToProduce { Topic = "orders", HasValue = true, Value = "v"u8 }).AsTask();
}

public sealed class SaslTests : IOnApacheKafka
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-512")]
    public async Task The_right_password_is_let_in_and_a_wrong_one_is_an_authentication_failure(string mechanism)
    {
        ApacheKafka.SkipWithout(new RealKafkaOptions { NeedsLauncher = true });
        await using var right = Connect(mechanism, "admin-secret");
        Assert.True((await right.For(new ClusterCaller("User:x")).DescribeClusterAsync(Cancelled)).IsSuccess);

        await using var wrong = Connect(mechanism, "wrong");
        var refused = await wrong.For(new ClusterCaller("User:x")).DescribeClusterAsync(Cancelled);
        Assert.Equal(KafkaErrorCode.SaslAuthenticationFailed, refused.Error.Code);
        Assert.DoesNotContain("wrong", refused.Error.Message);
    }

    private static KafkaClusterConnection Connect(string mechanism, string password) => ApacheKafka.Connect(
        ApacheKafka.Current.Scram,
        ("security.protocol", "SASL_PLAINTEXT"),
        ("sasl.mechanism", mechanism),
        ("sasl.username", "admin"),
        ("sasl.password", password));
}
