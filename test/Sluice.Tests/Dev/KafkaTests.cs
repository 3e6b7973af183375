using Sluice.Testing;
using Sluice.Testing.Kafka;
using Sluice.Tests.Rest.V3;

namespace Sluice.Tests.Dev;

/// <summary><c>sluice dev --kafka</c>: everything that dev gives, in front of the user's own cluster.</summary>
public sealed class KafkaTests(KafkaGatewayFixture fixture) : IClassFixture<KafkaGatewayFixture>
{
    [Fact]
    public async Task The_cluster_id_is_kafkas_own_and_what_is_made_through_the_gateway_is_in_kafka()
    {
        var gateway = fixture.Gateway;
        var topic = $"dev-{Guid.NewGuid():N}";
        await gateway.CreateTopicAsync(topic, 3);
        var produced = await gateway.PostAsync($"{gateway.Cluster}/topics/{topic}/records", """{"partition_id":1,"value":{"type":"STRING","data":"hello"}}""");
        var described = await gateway.GetAsync(gateway.Cluster);

        Assert.Equal((200, 0), (produced.Status, produced.Json.GetProperty("offset").GetInt64()));
        Assert.Equal(gateway.Info.ClusterId, described.Json.GetProperty("cluster_id").GetString());
        Assert.Equal(fixture.Kafka.Plain, gateway.Info.Kafka);
        if (fixture.Kafka.HasLauncher)
        {
            Assert.Equal(fixture.Kafka.ClusterId, gateway.Info.ClusterId);
            var seen = await fixture.Kafka.ToolAsync("offsets", "--bootstrap-server", fixture.Kafka.Plain, "--topic", topic);
            Assert.Equal([$"{topic}:0:0", $"{topic}:1:1", $"{topic}:2:0"], seen.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task An_alias_takes_the_place_of_kafkas_id_in_urls_and_bodies()
    {
        _ = fixture.Gateway;
        await using var sluice = await SluiceProcess.StartAsync(null, "--kafka", fixture.Kafka.Plain, "--cluster-id", "lkc-mine");
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Authorization = GatewayHost.Basic(sluice.Info.ApiKey, sluice.Info.ApiSecret);

        var found = await Answer.FromAsync(await http.GetAsync($"{sluice.Info.Url}/kafka/v3/clusters/lkc-mine", TestContext.Current.CancellationToken));
        var other = await Answer.FromAsync(await http.GetAsync($"{sluice.Info.Url}/kafka/v3/clusters/lkc-dev", TestContext.Current.CancellationToken));

        Assert.Equal(("lkc-mine", 200, "lkc-mine"), (sluice.Info.ClusterId, found.Status, found.Json.GetProperty("cluster_id").GetString()));
        Assert.Equal(404, other.Status);
    }

    [Fact]
    public async Task With_an_alias_the_gateway_runs_without_the_cluster_and_says_so_within_two_seconds()
    {
        await using var gateway = await GatewayHost.StartAsync(dev: dev => dev with { Kafka = "127.0.0.1:1", ClusterId = "lkc-away" });

        await Promptly.WithinAsync(TimeSpan.FromSeconds(2), () => gateway.GetAsync($"{gateway.Cluster}/topics"), answer =>
        {
            Assert.Equal((503, 50302), (answer.Status, answer.ErrorCode));
            Assert.Contains("127.0.0.1:1", answer.Message);
        });
    }

    [Theory]
    [InlineData("127.0.0.1:1", null, "--kafka 127.0.0.1:1: ", "--cluster-id")]
    [InlineData("not an address", null, "--kafka not an address: ", "bootstrap.servers")]
    [InlineData("127.0.0.1:1", "a/b", "--cluster-id 'a/b'", "letters")]
    public async Task What_cannot_work_is_refused_in_a_sentence(string kafka, string? id, string start, string holds)
    {
        var data = Directory.CreateTempSubdirectory("sluice-refused-");
        try
        {
            var (exit, output, error) = await SluiceProcess.RunAsync(
                ["dev", "--urls", "http://127.0.0.1:0", "--data", data.FullName, "--kafka", kafka, .. id is null ? (string[])[] : ["--cluster-id", id]]);

            Assert.Equal((1, ""), (exit, output));
            var said = string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)); // the terminal wraps
            Assert.Contains($"error: {start}", said);
            Assert.Contains(holds, said);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
