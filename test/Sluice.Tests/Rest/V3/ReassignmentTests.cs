using System.Text.Json;
using Sluice.Testing;
using Sluice.Testing.Kafka;

namespace Sluice.Tests.Rest.V3;

/// <summary>A partition on its way to another broker, held there by throttling its replication to nothing.</summary>
public sealed class ReassignmentTests
{
    [Fact]
    public async Task A_reassignment_under_way_is_shown_as_Kafkas_own_tool_shows_it()
    {
        var wanted = new RealKafkaOptions { Brokers = 2, NeedsLauncher = true };
        if (RealKafka.WhyNot(wanted) is { } why)
        {
            Assert.Skip(why);
        }

        await using var kafka = await RealKafka.StartAsync(wanted);
        await using var gateway = await GatewayHost.StartAsync(dev: dev => dev with { Kafka = kafka.Plain, UnavailableAfter = TimeSpan.FromSeconds(30) });
        var topics = $"{gateway.Cluster}/topics";
        var created = await gateway.PostAsync(topics, """{"topic_name":"moving","replicas_assignments":{"0":[1],"1":[1]}}""");
        var spread = await gateway.PostAsync(
            topics, """{"topic_name":"spread","partitions_count":9,"replication_factor":9,"replicas_assignments":{"0":[1,2],"1":[2,1],"2":[1,2]}}""");
        var wrong = await gateway.PostAsync(topics, """{"topic_name":"wrong","replicas_assignments":{"0":[1],"1":[4711]}}""");
        var replicas = await gateway.GetAsync($"{topics}/spread/partitions/1/replicas");
        var record = $$$"""{"partition_id":1,"value":{"type":"STRING","data":"{{{new string('x', 100_000)}}}"}}""";
        var filled = await gateway.PostAsync($"{topics}/moving/records", string.Concat(Enumerable.Repeat(record, 60)));
        using var plan = new TemporaryFile("""{"version":1,"partitions":[{"topic":"moving","partition":1,"replicas":[2]}]}""");
        await kafka.ToolAsync("reassign", "--bootstrap-server", kafka.Plain, "--reassignment-json-file", plan.Path, "--execute", "--throttle", "1");
        var said = await kafka.ToolAsync("reassign", "--bootstrap-server", kafka.Plain, "--list");
        var all = await gateway.GetAsync($"{topics}/-/partitions/-/reassignment");
        var ofTopic = await gateway.GetAsync($"{topics}/moving/partitions/-/reassignment");
        var single = await gateway.GetAsync($"{topics}/moving/partitions/1/reassignment");
        var other = await gateway.GetAsync($"{topics}/moving/partitions/0/reassignment");

        Assert.All(filled.Lines, line => Assert.Equal(200, line.GetProperty("error_code").GetInt32()));
        Assert.Equal((201, 2, 1), Counts(created));
        Assert.Equal((201, 3, 2), Counts(spread)); // the assignments win over the counts
        Assert.Equal((400, 40002), (wrong.Status, wrong.ErrorCode));
        Assert.Equal([(2, true), (1, false)], replicas.Json.GetProperty("data").EnumerateArray()
            .Select(r => (r.GetProperty("broker_id").GetInt32(), r.GetProperty("is_leader").GetBoolean())));
        Assert.Contains("moving-1: replicas: 2,1. adding: 2. removing: 1.", said, StringComparison.Ordinal);
        var self = $"{gateway.Info.Url}{topics}/moving/partitions/1";
        var crn = $"crn:///kafka={gateway.Info.ClusterId}/topic=moving/partition=1/reassignment";
        Assert.Equal(
            $$"""
            {"kind":"KafkaReassignment","metadata":{"self":"{{self}}/reassignment","resource_name":"{{crn}}"},"cluster_id":"{{gateway.Info.ClusterId}}","topic_name":"moving","partition_id":1,"adding_replicas":[2],"removing_replicas":[1],"replicas":{"related":"{{self}}/replicas"{{"}}"}}
            """,
            single.Body);
        Assert.Equal([single.Body], all.Json.GetProperty("data").EnumerateArray().Select((JsonElement r) => r.GetRawText()));
        Assert.Equal([single.Body], ofTopic.Json.GetProperty("data").EnumerateArray().Select((JsonElement r) => r.GetRawText()));
        Assert.Equal((404, 404), (other.Status, other.ErrorCode));
    }

    private static (int Status, int Partitions, int Replication) Counts(Answer created) => (
        created.Status, created.Json.GetProperty("partitions_count").GetInt32(), created.Json.GetProperty("replication_factor").GetInt32());

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
