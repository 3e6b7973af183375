using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Rest.V3;

/// <summary>What was done through the gateway, and what the gateway says, against what Kafka's own command-line tools say of the same cluster.</summary>
public sealed partial class SecondOpinionTests(KafkaGateway shared) : RestTests(shared), IClassFixture<KafkaGateway>
{
    [Fact]
    public async Task Topics_and_their_partitions()
    {
        var topic = await ReadyAsync(() => NewTopicAsync(3, "opinion"));
        var said = await ToolAsync("topics", "--describe", "--topic", topic);
        var described = await Gateway.GetAsync($"{Cluster}/topics/{topic}");
        var partitions = Data(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions"));

        Assert.Contains($"PartitionCount: {described.Json.GetProperty("partitions_count").GetInt32()}\t", said, StringComparison.Ordinal);
        Assert.Contains($"ReplicationFactor: {described.Json.GetProperty("replication_factor").GetInt32()}\t", said, StringComparison.Ordinal);
        foreach (var partition in partitions)
        {
            var id = partition.GetProperty("partition_id").GetInt32();
            var leader = Text(partition.GetProperty("leader"), "related").Split('/')[^1];
            var replicas = Data(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/{id}/replicas"));
            var ids = string.Join(',', replicas.Select(r => r.GetProperty("broker_id").GetInt32()));
            var inSync = string.Join(',', replicas.Where(r => r.GetProperty("is_in_sync").GetBoolean()).Select(r => r.GetProperty("broker_id").GetInt32()));
            Assert.Contains($"Partition: {id}\tLeader: {leader}\tReplicas: {ids}\tIsr: {inSync}", said, StringComparison.Ordinal);
        }

        Assert.Equal(3, partitions.Count);
    }

    [Fact]
    public async Task Configs_of_topics_brokers_and_the_cluster()
    {
        var topic = await ReadyAsync(() => NewTopicAsync(1, "opinion"));
        Assert.Equal(204, (await Gateway.PostAsync(
            $"{Cluster}/topics/{topic}/configs:alter",
            """{"data":[{"name":"retention.ms","value":"123456"},{"name":"cleanup.policy","value":"compact,delete"}]}""")).Status);
        var said = Configs(await ToolAsync("configs", "--describe", "--all", "--entity-type", "topics", "--entity-name", topic));
        var answered = Data(await Gateway.GetAsync($"{Cluster}/topics/{topic}/configs"))
            .ToDictionary(c => Text(c, "name"), c => c.GetProperty("value").GetString() ?? "null", StringComparer.Ordinal);
        var brokerSaid = Configs(await ToolAsync("configs", "--describe", "--all", "--entity-type", "brokers", "--entity-name", "1"));
        var brokerAnswered = Data(await Gateway.GetAsync($"{Cluster}/brokers/1/configs"))
            .ToDictionary(c => Text(c, "name"), c => c.GetProperty("value").GetString() ?? "null", StringComparer.Ordinal);

        Assert.Equal("123456", said["retention.ms"]);
        Assert.Equal(said.OrderBy(c => c.Key, StringComparer.Ordinal), answered.OrderBy(c => c.Key, StringComparer.Ordinal));
        Assert.True(brokerSaid.Count > 200);
        Assert.Equal(brokerSaid.Keys.Order(StringComparer.Ordinal), brokerAnswered.Keys.Order(StringComparer.Ordinal));
        Assert.All(Stable(brokerSaid), c => Assert.Equal(c.Value, brokerAnswered[c.Key]));
    }

    [Fact]
    public async Task Acls()
    {
        var name = await ReadyAsync(() => Task.FromResult(Unique("opinion")));
        foreach (var (operation, permission, pattern) in new[] { ("READ", "ALLOW", "LITERAL"), ("WRITE", "DENY", "PREFIXED"), ("DESCRIBE_CONFIGS", "ALLOW", "LITERAL") })
        {
            Assert.Equal(201, (await Gateway.PostAsync(
                $"{Cluster}/acls",
                $$"""{"resource_type":"TOPIC","resource_name":"{{name}}","pattern_type":"{{pattern}}","principal":"User:x","host":"10.0.0.1","operation":"{{operation}}","permission":"{{permission}}"}""")).Status);
        }

        var said = await EventuallyAsync(
            () => ToolAsync("acls", "--list", "--topic", name, "--resource-pattern-type", "any"), s => s.Contains("WRITE", StringComparison.Ordinal));
        var answered = Data(await Gateway.GetAsync($"{Cluster}/acls?resource_name={name}"));
        await ToolAsync("acls", "--add", "--allow-principal", "User:y", "--operation", "Alter", "--topic", name);
        var byTool = await EventuallyAsync($"{Cluster}/acls?resource_name={name}&principal=User:y", a => Data(a).Count == 1);

        Assert.Equal(3, answered.Count);
        Assert.All(answered, acl => Assert.Contains(
            $"(principal={Text(acl, "principal")}, host={Text(acl, "host")}, operation={Text(acl, "operation")}, permissionType={Text(acl, "permission")})", said, StringComparison.Ordinal));
        Assert.Equal(
            ("TOPIC", "LITERAL", "*", "ALTER", "ALLOW"),
            (Text(Data(byTool)[0], "resource_type"), Text(Data(byTool)[0], "pattern_type"), Text(Data(byTool)[0], "host"), Text(Data(byTool)[0], "operation"),
                Text(Data(byTool)[0], "permission")));
    }

    [Fact]
    public async Task Groups_and_their_lags()
    {
        var topic = await ReadyAsync(() => NewTopicAsync(2, "opinion"));
        var group = Unique("opinion");
        var produced = await Gateway.PostAsync(
            $"{Cluster}/topics/{topic}/records", string.Concat(Enumerable.Range(0, 9).Select(i => $$$"""{"partition_id":{{{i % 2}}},"value":{"type":"JSON","data":{{{i}}}}}""")));
        Assert.Equal(9, produced.Lines.Count);
        await ToolAsync("groups", "--group", group, "--topic", topic, "--reset-offsets", "--to-offset", "1", "--execute");
        var said = await ToolAsync("groups", "--describe", "--group", group);
        var states = await ToolAsync("groups", "--describe", "--group", group, "--state");
        var lags = Data(await Gateway.GetAsync($"{Cluster}/consumer-groups/{group}/lags"));
        var described = await Gateway.GetAsync($"{Cluster}/consumer-groups/{group}");

        Assert.Equal(
            Rows(said).Where(r => r[0] == group).Select(r => (r[1], int.Parse(r[2], CultureInfo.InvariantCulture), long.Parse(r[3], CultureInfo.InvariantCulture), long.Parse(r[4], CultureInfo.InvariantCulture), long.Parse(r[5], CultureInfo.InvariantCulture))).OrderByDescending(r => r.Item5),
            lags.Select(l => (Text(l, "topic_name"), l.GetProperty("partition_id").GetInt32(), l.GetProperty("current_offset").GetInt64(),
                l.GetProperty("log_end_offset").GetInt64(), l.GetProperty("lag").GetInt64())));
        Assert.Equal(2, lags.Count);
        Assert.Contains(Rows(states), r => r[0] == group && r.Contains("Empty"));
        Assert.Equal("EMPTY", Text(described.Json, "state"));
    }

    private async Task<T> ReadyAsync<T>(Func<Task<T>> then)
    {
        _ = Gateway;
        Assert.SkipUnless(shared.Kafka.HasLauncher, "Kafka's own tools come with the launcher: set SLUICE_TEST_KAFKA to its directory.");
        return await then();
    }

    private Task<string> ToolAsync(string tool, params string[] arguments) =>
        shared.Kafka.ToolAsync(tool, ["--bootstrap-server", shared.Kafka.Plain, .. arguments]);

    /// <summary>Lines such as <c>  retention.ms=1 sensitive=false synonyms={…}</c>.</summary>
    private static Dictionary<string, string> Configs(string said) =>
        ConfigLine().Matches(said).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);

    /// <summary>Other tests, at the same time, change some of the broker's.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Stable(Dictionary<string, string> configs) =>
        configs.Where(c => !c.Key.StartsWith("log.", StringComparison.Ordinal) && c.Key != "message.max.bytes");

    private static List<string[]> Rows(string said) =>
        [.. said.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length > 4)];

    [GeneratedRegex(@"^  (?<name>[\w.-]+)=(?<value>.*?) sensitive=(true|false) synonyms=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ConfigLine();
}
