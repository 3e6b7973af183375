using Sluice.Testing;

namespace Sluice.Tests.Brokers;

/// <summary>Every way of connecting, by configuration, over HTTP: each does an administrative request and a produce.</summary>
public sealed class ConnectionTests(SecuredKafka secured) : IClassFixture<SecuredKafka>
{
    private const string Record = """{"value":{"type":"STRING","data":"v"}}""";

    [Theory]
    [InlineData("lkc-plain")]
    [InlineData("lkc-scram")]
    [InlineData("lkc-tls")]
    public async Task It_connects(string cluster)
    {
        var (topic, produced) = await UseAsync(cluster);

        Assert.Equal((201, 200), (topic.Status, produced.Json.GetProperty("error_code").GetInt32()));
    }

    [Theory]
    [InlineData("lkc-mtls", "User:CN=gateway")]
    [InlineData("lkc-oidc", "User:gateway-oidc")]
    [InlineData("lkc-alice", "User:alice")]
    public async Task The_broker_knows_who_connects_and_its_acls_decide(string cluster, string principal)
    {
        var (topic, refused) = await UseAsync(cluster);
        Assert.Equal((403, 40301), (topic.Status, topic.ErrorCode));
        Assert.Equal(40301, refused.Json.GetProperty("error_code").GetInt32());
        Assert.Contains("cannot read this cluster's ACLs", topic.Message, StringComparison.Ordinal);
        Assert.Equal("Unhealthy", (await secured.Gateway.GetAsync("/readyz")).Json.GetProperty("clusters").GetProperty(cluster).GetString());

        await secured.Superuser.AllowDescribeAsync(principal);
        await EventuallyAsync(async () =>
        {
            var (made, _) = await UseAsync(cluster);
            Assert.Equal((403, 40301), (made.Status, made.ErrorCode));
            return !made.Message.Contains("cannot read", StringComparison.Ordinal);
        });

        await secured.Superuser.AllowAsync(principal);
        await EventuallyAsync(async () =>
        {
            var (made, produced) = await UseAsync(cluster);
            return made.Status == 201 && produced.Json.GetProperty("error_code").GetInt32() == 200;
        });
        Assert.Equal("Healthy", (await secured.Gateway.GetAsync("/readyz")).Json.GetProperty("clusters").GetProperty(cluster).GetString());
    }

    [Fact]
    public async Task A_wrong_password_is_said_to_be_one_without_the_password()
    {
        var (topic, produced) = await UseAsync("lkc-wrong");

        Assert.Equal((401, 40101), (topic.Status, topic.ErrorCode));
        Assert.Contains("Authentication with the Kafka cluster failed", topic.Message);
        Assert.NotEqual(200, produced.Json.GetProperty("error_code").GetInt32());
        Assert.DoesNotContain("hunter2", topic.Body + produced.Body);
    }

    [Fact]
    public async Task A_broker_whose_certificate_is_not_trusted_is_unavailable_and_the_reason_is_said()
    {
        var (topic, _) = await UseAsync("lkc-untrusted");

        Assert.Equal((503, 50302), (topic.Status, topic.ErrorCode));
        Assert.Contains("certificate", topic.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task With_passthrough_the_broker_tells_two_people_of_one_pool_apart_by_their_own_tokens()
    {
        var gateway = secured.Gateway;
        var pool = await gateway.CreatePoolAsync("people", "claims.sub in [\"ann\", \"ben\"]");
        await secured.Superuser.AllowAsync("User:ann", SecuredKafka.Topic);

        await EventuallyAsync(async () => await ProduceAsync("ann") == 200);
        Assert.Equal(40301, await ProduceAsync("ben"));
        Assert.Equal(200, await ProduceAsync("ann"));

        // An API key has no token that could be passed on.
        var key = await gateway.AdministerAsync(HttpMethod.Get, ServeHost.ClusterPath("lkc-pass"));
        Assert.Equal((401, 40101), (key.Status, key.ErrorCode));

        async Task<int> ProduceAsync(string subject)
        {
            var answer = await gateway.SendAsync(
                gateway.Token(subject), pool, HttpMethod.Post, $"{ServeHost.ClusterPath("lkc-pass")}/topics/{SecuredKafka.Topic}/records", Record);
            return answer.Json.GetProperty("error_code").GetInt32();
        }
    }

    private async Task<(Answer Topic, Answer Produced)> UseAsync(string cluster)
    {
        var path = $"{ServeHost.ClusterPath(cluster)}/topics";
        var topic = await secured.Gateway.AdministerAsync(HttpMethod.Post, path, $$"""{"topic_name":"t-{{Guid.NewGuid():N}}"}""");
        return (topic, await secured.Gateway.AdministerAsync(HttpMethod.Post, $"{path}/{SecuredKafka.Topic}/records", Record));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await holds())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}
