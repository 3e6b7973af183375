using Sluice.Kafka;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Groups;
using Sluice.Serve;
using Sluice.Testing;
using Sluice.Testing.Kafka;
using Sluice.Tests.Brokers.Members;

namespace Sluice.Tests.Brokers.Deciding;

/// <summary>One broker that one gateway has twice: where the gateway decides by the broker's ACLs, and where the broker does.</summary>
internal sealed class TwiceKafka : IAsyncDisposable
{
    public const string GatewayDecides = "lkc-gateway";
    public const string BrokerDecides = "lkc-minted";
    public const string ShareGroup = "share-orders";

    private readonly ServeHost _gateway;
    private readonly RealKafka _kafka;
    private readonly LiveShareMember _member;

    private TwiceKafka(ServeHost gateway, RealKafka kafka, Superuser superuser, LiveShareMember member) =>
        (_gateway, _kafka, Superuser, _member) = (gateway, kafka, superuser, member);

    public Superuser Superuser { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<TwiceKafka> StartAsync()
    {
        if (RealKafka.WhyNot(new RealKafkaOptions { NeedsLauncher = true }) is { } why)
        {
            Assert.Skip(why);
        }

        // The gateway first: the broker reads its keys when it starts.
        var port = RealKafka.FindPort();
        var gateway = await ServeHost.StartAsync(
            $"Clusters:0:Client:bootstrap.servers=127.0.0.1:{port}",
            $"Clusters:0:ClusterId={GatewayDecides}",
            "Clusters:0:UnavailableAfter=00:00:20", // a busy machine is not what is tested
            $"Clusters:1:Client:bootstrap.servers=127.0.0.1:{port + 3}",
            "Clusters:1:Client:security.protocol=SASL_PLAINTEXT",
            $"Clusters:1:ClusterId={BrokerDecides}",
            "Clusters:1:BrokerIdentity=Minted",
            "Clusters:1:UnavailableAfter=00:00:20",
            "Sluice:TokenSigning:Issuer=https://sluice.example.com",
            "Sluice:TokenSigning:Audience=kafka");
        var kafka = await RealKafka.StartAsync(new RealKafkaOptions
        {
            NeedsLauncher = true,
            Port = port,
            JwksFile = new Uri(gateway.Http.BaseAddress!, BrokerKeysEndpoint.Path).AbsoluteUri,
            Issuer = "https://sluice.example.com",
            Audience = "kafka",
        });
        var superuser = new Superuser(kafka);
        foreach (var topic in (string[])["orders", "orders-eu", "other", "public"])
        {
            await superuser.CreateTopicAsync(topic);
        }

        await superuser.Cluster.CommitGroupOffsetsAsync("group-orders", [Committed("orders"), Committed("other")], Cancelled);
        await superuser.Cluster.CommitGroupOffsetsAsync("team", [Committed("orders")], Cancelled);
        return new TwiceKafka(gateway, kafka, superuser, await LiveShareMember.JoinAsync(kafka.Plain, "share", ShareGroup, "orders"));
    }

    /// <summary>A pool without role bindings, for the tokens of the subject that has its name.</summary>
    public Task<string> CreatePoolAsync(string name) => _gateway.CreatePoolAsync(name, isAdmin: false);

    public Task<Answer> AskAsync(string cluster, string subject, string pool, Question question) =>
        _gateway.SendAsync(_gateway.Token(subject), pool, question.Method, ServeHost.ClusterPath(cluster) + question.Path, question.Body);

    /// <summary>Makes ACLs through the gateway: they count when this returns.</summary>
    public async Task AllowAsync(IEnumerable<AclBinding> acls)
    {
        foreach (var acl in acls)
        {
            var made = await _gateway.AdministerAsync(HttpMethod.Post, $"{ServeHost.ClusterPath(GatewayDecides)}/acls", AclJson.Of(acl));
            Assert.True(made.Status == 201, made.Body);
        }
    }

    /// <summary>Brings back what the request takes away, and takes away what it makes.</summary>
    public async Task PrepareAsync(Question question)
    {
        if (question.Victim is { } victim && !await ExistsAsync(victim))
        {
            await Superuser.CreateTopicAsync(victim);
        }

        if (question.Makes is { } topic && await ExistsAsync(topic))
        {
            var gone = await Superuser.Cluster.DeleteTopicAsync(topic, Cancelled);
            Assert.True(gone.IsSuccess, gone.Error.ToString());
        }

        async Task<bool> ExistsAsync(string name) => (await Superuser.Cluster.DescribeTopicAsync(name, false, Cancelled)).IsSuccess;
    }

    public async ValueTask DisposeAsync()
    {
        await _member.DisposeAsync();
        await _gateway.DisposeAsync();
        await Superuser.DisposeAsync();
        await _kafka.DisposeAsync();
    }

    private static CommittedOffset Committed(string topic) => new(new TopicPartition(topic, 0), 0, null);
}
