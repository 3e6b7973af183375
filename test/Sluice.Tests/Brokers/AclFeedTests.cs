using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sluice.Dev.Demo;
using Sluice.Kafka.Acls;
using Sluice.Kafka.Client;
using Sluice.Testing;
using Sluice.Testing.Kafka;
using Sluice.Tests.Brokers.Deciding;

namespace Sluice.Tests.Brokers;

/// <summary>A gateway that decides by a real broker's ACLs, while they change, and while the broker comes and goes.</summary>
public sealed class AclFeedTests
{
    private const string Record = """{"value":{"type":"STRING","data":"v"}}""";
    private const string Follows = "lkc-follows";
    private const string Slow = "lkc-slow";

    private static readonly RealKafkaOptions Wanted = new() { NeedsLauncher = true };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACLs_that_somebody_else_makes_are_followed_and_those_made_here_count_for_the_very_next_request()
    {
        await using var kafka = await StartAsync(Wanted);
        await using var superuser = new Superuser(kafka);
        await superuser.CreateTopicAsync("orders");

        // The second never looks by itself while this test runs: what it knows, it knows because the change was made through it.
        await using var gateway = await ServeHost.StartAsync([.. Plain(0, Follows, kafka), .. Plain(1, Slow, kafka), "Clusters:1:AclRefresh=00:05:00"]);
        var pool = await gateway.CreatePoolAsync("svc", isAdmin: false);
        Assert.Equal(40301, await ProduceAsync(gateway, Follows, pool));
        Assert.Equal(40301, await ProduceAsync(gateway, Slow, pool));

        var write = Acl(pool, AclOperation.Write, AclPermission.Allow);
        var deny = Acl(pool, AclOperation.Write, AclPermission.Deny);
        await superuser.MakeAsync(write);
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, pool) == 200);
        await superuser.MakeAsync(deny);
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, pool) == 40301);
        await superuser.RemoveAsync(deny);
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, pool) == 200);

        var acls = $"{ServeHost.ClusterPath(Slow)}/acls";
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(201, (await gateway.AdministerAsync(HttpMethod.Post, acls, AclJson.Of(deny))).Status);
            Assert.Equal(40301, await ProduceAsync(gateway, Slow, pool));
            Assert.Equal(200, (await gateway.AdministerAsync(HttpMethod.Delete, $"{acls}?{AclJson.QueryOf(deny)}")).Status);
            Assert.Equal(200, await ProduceAsync(gateway, Slow, pool));
        }

        Assert.Equal(201, (await gateway.AdministerAsync(HttpMethod.Post, $"{acls}:batch", $$"""{"data":[{{AclJson.Of(deny)}}]}""")).Status);
        Assert.Equal(40301, await ProduceAsync(gateway, Slow, pool));
        await superuser.RemoveAsync(deny);
        await StreamAsync(gateway, superuser, pool, deny);
    }

    [Fact]
    public async Task Where_the_broker_has_no_authorizer_role_bindings_alone_decide()
    {
        await using var kafka = await StartAsync(Wanted with { Settings = ["authorizer.class.name="] });
        await using var superuser = new Superuser(kafka);
        await superuser.CreateTopicAsync("orders");
        await using var gateway = await ServeHost.StartAsync(Plain(0, Follows, kafka));
        var pool = await gateway.CreatePoolAsync("svc", isAdmin: false);

        Assert.Equal(40301, await ProduceAsync(gateway, Follows, pool));
        await gateway.GrantAsync($"User:{pool}", "DeveloperWrite", $"/cloud-cluster={Follows}/kafka={Follows}/topic=orders");
        Assert.Equal(200, await ProduceAsync(gateway, Follows, pool));

        var acls = await gateway.AdministerAsync(HttpMethod.Get, $"{ServeHost.ClusterPath(Follows)}/acls");
        Assert.Equal((400, 40002), (acls.Status, acls.ErrorCode));
    }

    [Fact]
    public async Task With_ReadAcls_off_role_bindings_alone_decide_and_the_gateway_needs_no_DESCRIBE_on_the_cluster()
    {
        await using var kafka = await StartAsync(Wanted);
        await using var superuser = new Superuser(kafka);
        await superuser.CreateTopicAsync("orders");
        await superuser.AllowAsync("User:alice");
        await using var gateway = await ServeHost.StartAsync(
            [.. Alice(0, "lkc-reads", kafka), .. Alice(1, "lkc-reads-not", kafka), "Clusters:1:ReadAcls=false"]);
        var pool = await gateway.CreatePoolAsync("svc", isAdmin: false);
        var other = await gateway.CreatePoolAsync("other", isAdmin: false);
        await superuser.MakeAsync(Acl(other, AclOperation.Write, AclPermission.Allow));
        await gateway.GrantAsync($"User:{pool}", "DeveloperWrite", "/cloud-cluster=lkc-reads/kafka=lkc-reads/topic=orders");
        await gateway.GrantAsync($"User:{pool}", "DeveloperWrite", "/cloud-cluster=lkc-reads-not/kafka=lkc-reads-not/topic=orders");

        Assert.Equal(40301, await ProduceAsync(gateway, "lkc-reads", pool));
        await EventuallyAsync(async () => await ProduceAsync(gateway, "lkc-reads-not", pool) == 200); // alice's right has to reach the broker first
        Assert.Equal(40301, await ProduceAsync(gateway, "lkc-reads-not", other, "other"));

        // Granted, it recovers by itself; taken away, nothing is allowed again.
        var describe = new AclBinding(AclResourceType.Cluster, "kafka-cluster", AclPatternType.Literal, "User:alice", "*", AclOperation.Describe, AclPermission.Allow);
        await superuser.MakeAsync(describe);
        await EventuallyAsync(async () => await ProduceAsync(gateway, "lkc-reads", pool) == 200 && await ProduceAsync(gateway, "lkc-reads", other, "other") == 200);
        await superuser.RemoveAsync(describe);
        await EventuallyAsync(async () => await ProduceAsync(gateway, "lkc-reads", pool) == 40301);
        var told = await gateway.AdministerAsync(HttpMethod.Get, $"{ServeHost.ClusterPath("lkc-reads")}/topics/orders");
        Assert.Equal((403, 40301), (told.Status, told.ErrorCode));
        Assert.Contains("needs DESCRIBE on the CLUSTER", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_starts_before_its_cluster_says_503_in_time_and_what_was_read_holds_through_an_outage()
    {
        var port = RealKafka.WhyNot(Wanted) is null ? RealKafka.FindPort() : 0;
        await using var gateway = await ServeHost.StartAsync(
            $"Clusters:0:ClusterId={Follows}", $"Clusters:0:Client:bootstrap.servers=127.0.0.1:{port}", "Clusters:0:UnavailableAfter=00:00:02");
        var pool = await gateway.CreatePoolAsync("svc", isAdmin: false);
        var denied = await gateway.CreatePoolAsync("denied", isAdmin: false);
        await Promptly.WithinAsync(
            TimeSpan.FromSeconds(2),
            () => gateway.SendAsync(gateway.Token("svc"), pool, HttpMethod.Get, $"{ServeHost.ClusterPath(Follows)}/topics"),
            answer => Assert.Equal((503, 50302), (answer.Status, answer.ErrorCode)));

        await using var kafka = await StartAsync(Wanted with { Port = port });
        await using var superuser = new Superuser(kafka);
        await superuser.CreateTopicAsync("orders");
        await superuser.MakeAsync(Acl(pool, AclOperation.Write, AclPermission.Allow));
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, pool) == 200);
        Assert.Equal(40301, await ProduceAsync(gateway, Follows, denied, "denied"));

        await kafka.KillAsync();
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, pool) == 50302);
        Assert.Equal(40301, await ProduceAsync(gateway, Follows, denied, "denied"));

        await kafka.UpAsync();
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, pool) == 200);
        await superuser.MakeAsync(Acl(denied, AclOperation.Write, AclPermission.Allow));
        await EventuallyAsync(async () => await ProduceAsync(gateway, Follows, denied, "denied") == 200);
    }

    [Fact]
    public async Task A_connection_closes_quickly_while_the_broker_does_not_answer()
    {
        await using var kafka = await StartAsync(Wanted);
        var options = new KafkaClusterOptions { UnavailableAfter = TimeSpan.FromMinutes(1) };
        options.Client["bootstrap.servers"] = kafka.Plain;
        var connection = new KafkaClusterConnection(options);
        await connection.Acls!.ReadyAsync(Cancelled);
        await kafka.PauseAsync();
        try
        {
            var watch = Stopwatch.StartNew();
            var settling = connection.Acls.SettleAsync(static _ => false, Cancelled).AsTask(); // asks the broker, and would for a minute
            await connection.DisposeAsync();
            await settling;
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20)); // a busy machine is not what is tested
        }
        finally
        {
            await kafka.ResumeAsync();
        }
    }

    /// <summary>One stream that stays open while its right is taken and given back.</summary>
    private static async Task StreamAsync(ServeHost gateway, Superuser superuser, string pool, AclBinding deny)
    {
        await using var stream = await RecordStreamClient.OpenAsync(
            new Uri(gateway.Http.BaseAddress!, $"{ServeHost.ClusterPath(Follows)}/topics/orders/records"),
            [$"Authorization: Bearer {gateway.Token("svc")}", $"Confluent-Identity-Pool-Id: {pool}"],
            Cancelled);
        await using var reports = stream.ReadReportsAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        await EventuallyAsync(async () => await CodeAsync() == 200);
        await superuser.MakeAsync(deny);
        await EventuallyAsync(async () => await CodeAsync() == 40301);
        await superuser.RemoveAsync(deny);
        await EventuallyAsync(async () => await CodeAsync() == 200);

        async Task<int> CodeAsync()
        {
            await stream.SendAsync(Encoding.UTF8.GetBytes(Record), Cancelled);
            Assert.True(await reports.MoveNextAsync());
            using var report = JsonDocument.Parse(reports.Current);
            return report.RootElement.GetProperty("error_code").GetInt32();
        }
    }

    private static async Task<RealKafka> StartAsync(RealKafkaOptions options)
    {
        if (RealKafka.WhyNot(options) is { } why)
        {
            Assert.Skip(why);
        }

        return await RealKafka.StartAsync(options);
    }

    /// <summary>As a superuser.</summary>
    private static string[] Plain(int entry, string id, RealKafka kafka) =>
        [$"Clusters:{entry}:ClusterId={id}", $"Clusters:{entry}:Client:bootstrap.servers={kafka.Plain}", $"Clusters:{entry}:UnavailableAfter=00:00:20"];

    /// <summary>As somebody who may do what ACLs say.</summary>
    private static string[] Alice(int entry, string id, RealKafka kafka) =>
    [
        $"Clusters:{entry}:ClusterId={id}", $"Clusters:{entry}:Client:bootstrap.servers={kafka.Scram}", $"Clusters:{entry}:Client:security.protocol=SASL_PLAINTEXT",
        $"Clusters:{entry}:Client:sasl.mechanism=SCRAM-SHA-512", $"Clusters:{entry}:Client:sasl.username=alice", $"Clusters:{entry}:Client:sasl.password=alice-secret",
        $"Clusters:{entry}:UnavailableAfter=00:00:20",
    ];

    private static AclBinding Acl(string pool, AclOperation operation, AclPermission permission) =>
        new(AclResourceType.Topic, "orders", AclPatternType.Literal, $"User:{pool}", "*", operation, permission);

    private static async Task<int> ProduceAsync(ServeHost gateway, string cluster, string pool, string subject = "svc")
    {
        var answer = await gateway.SendAsync(gateway.Token(subject), pool, HttpMethod.Post, $"{ServeHost.ClusterPath(cluster)}/topics/orders/records", Record);
        return answer.ErrorCode;
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}
