using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Serve;

public sealed class ManyClustersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_gateway_serves_several_clusters_each_by_its_own_id_and_one_that_is_away_hides_none()
    {
        SkipWithout(new RealKafkaOptions());
        var kafka = await SharedKafka.StartAsync();
        await using var gateway = await ServeHost.StartAsync(
            $"Clusters:0:Client:bootstrap.servers={kafka.Plain}",
            $"Clusters:1:Client:bootstrap.servers={kafka.Plain}",
            "Clusters:1:ClusterId=lkc-alias",
            "Clusters:0:UnavailableAfter=00:00:30", // a busy machine is not what is tested
            "Clusters:1:UnavailableAfter=00:00:30",
            "Clusters:2:Client:bootstrap.servers=127.0.0.1:1",
            "Clusters:2:ClusterId=lkc-away",
            "Clusters:3:Kind=Embedded",
            "Clusters:3:ClusterId=lkc-local",
            "Clusters:4:Client:bootstrap.servers=127.0.0.1:1");
        var pool = await gateway.CreatePoolAsync("svc");
        var token = gateway.Token("svc");
        Task<Answer> Get(string path) => gateway.SendAsync(token, pool, HttpMethod.Get, path);

        var own = (await Get(ServeHost.ClusterPath("lkc-alias"))).Status == 200 ? await OwnIdAsync() : "";
        var name = $"many-{Guid.NewGuid():N}";
        Assert.Equal(201, (await gateway.SendAsync(token, pool, HttpMethod.Post, $"{ServeHost.ClusterPath("lkc-alias")}/topics", $$"""{"topic_name":"{{name}}"}""")).Status);
        Assert.Equal(200, (await Get($"{ServeHost.ClusterPath(own)}/topics/{name}")).Status);
        Assert.Equal(404, (await Get($"{ServeHost.ClusterPath("lkc-local")}/topics/{name}")).Status);

        await Promptly.WithinAsync(Limit, () => Get($"{ServeHost.ClusterPath("lkc-away")}/topics"), away =>
        {
            Assert.Equal((503, 50302), (away.Status, away.ErrorCode));
            Assert.Contains("127.0.0.1:1 (connection refused)", away.Message);
        });

        // The fifth has not told its id yet, so it may be the one that is asked for.
        var unknown = await Get(ServeHost.ClusterPath("no-such"));
        Assert.Equal((503, 50302), (unknown.Status, unknown.ErrorCode));

        var ready = await gateway.GetAsync("/readyz");
        Assert.Equal((200, "Degraded"), (ready.Status, ready.Json.GetProperty("status").GetString()));
        Assert.Equal("Unhealthy", ready.Json.GetProperty("clusters").GetProperty("lkc-away").GetString());

        async Task<string> OwnIdAsync()
        {
            // The list has every cluster that answers.
            while (true)
            {
                var ids = (await Get("/kafka/v3/clusters")).Json.GetProperty("data").EnumerateArray().Select(c => c.GetProperty("cluster_id").GetString()!).ToArray();
                if (ids.Except(["lkc-alias", "lkc-local"]).SingleOrDefault() is { } id)
                {
                    Assert.Equal(3, ids.Length);
                    return id;
                }

                await Task.Delay(50, Cancelled);
            }
        }
    }

    [Fact]
    public async Task A_cluster_that_is_away_at_start_is_served_once_it_is_there_and_again_after_each_outage()
    {
        SkipWithout(new RealKafkaOptions { NeedsLauncher = true });
        await using var kafka = await RealKafka.StartAsync(new RealKafkaOptions { NeedsLauncher = true });
        await kafka.StopAsync();
        await using var gateway = await ServeHost.StartAsync($"Clusters:0:Client:bootstrap.servers={kafka.Plain}");
        var pool = await gateway.CreatePoolAsync("svc");
        var token = gateway.Token("svc");
        var path = ServeHost.ClusterPath(kafka.ClusterId);
        Task<Answer> Send(HttpMethod method, string below, string? json = null) => gateway.SendAsync(token, pool, method, path + below, json);
        const string Record = """{"value":{"type":"STRING","data":"v"}}""";

        await AssertAwayAsync("");
        Assert.Equal(503, (await gateway.GetAsync("/readyz")).Status);
        Assert.Equal(200, (await gateway.GetAsync("/healthz")).Status);

        await kafka.UpAsync();
        await EventuallyAsync(async () => (await Send(HttpMethod.Post, "/topics", """{"topic_name":"t","partitions_count":1}""")).Status is 201 or 400);
        await EventuallyAsync(async () => (await gateway.GetAsync("/readyz")).Status == 200);
        await EventuallyAsync(async () => (await Send(HttpMethod.Post, "/topics/t/records", Record)).Json.GetProperty("error_code").GetInt32() == 200);

        await kafka.PauseAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancelled); // what was heard a second ago counts as a sign of life
        await AssertAwayAsync("/topics");
        await AssertAwayAsync("/topics/t/records", Record);
        await kafka.ResumeAsync();
        await EventuallyAsync(async () => (await Send(HttpMethod.Get, "/topics")).Status == 200);
        await EventuallyAsync(async () => (await Send(HttpMethod.Post, "/topics/t/records", Record)).Json.GetProperty("error_code").GetInt32() == 200);

        async Task AssertAwayAsync(string below, string? record = null)
        {
            // A record's fate is in its report; the status of the request was sent before it.
            await Promptly.WithinAsync(
                Limit,
                () => Send(record is null ? HttpMethod.Get : HttpMethod.Post, below, record),
                answer => Assert.Equal((record is null ? 503 : 200, 50302), (answer.Status, answer.ErrorCode)));
        }
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    private static void SkipWithout(RealKafkaOptions options)
    {
        if (RealKafka.WhyNot(options) is { } why)
        {
            Assert.Skip(why);
        }
    }
}
