namespace Sluice.Tests.Rest.V3;

public abstract class ClusterConfigsTests(SharedGateway shared) : RestTests(shared)
{
    private string Configs => $"{Cluster}/broker-configs";

    [Fact]
    public async Task What_is_set_is_listed_until_it_is_deleted()
    {
        var path = $"{Configs}/log.retention.ms";
        var before = await Gateway.GetAsync(path);
        var set = await Gateway.SendAsync(HttpMethod.Put, path, """{"value":"604800001"}""");
        var answer = await EventuallyAsync(path, a => a.Status == 200);
        var list = await Gateway.GetAsync(Configs);
        var deleted = await Gateway.SendAsync(HttpMethod.Delete, path);
        var after = await EventuallyAsync(path, a => a.Status == 404);
        var again = await Gateway.SendAsync(HttpMethod.Delete, path);

        AssertError(before, 404, 404);
        Assert.Equal((204, ""), (set.Status, set.Body));
        Assert.StartsWith(
            $$"""
            {"kind":"KafkaClusterConfig","metadata":{"self":"{{ClusterUrl}}/broker-configs/log.retention.ms","resource_name":"{{Crn}}/broker-config=log.retention.ms"},"cluster_id":"{{Gateway.Info.ClusterId}}","config_type":"BROKER","name":"log.retention.ms","value":"604800001","is_default":false,"is_read_only":false,"is_sensitive":false,"source":"DYNAMIC_DEFAULT_BROKER_CONFIG","synonyms":[{"name":"log.retention.ms","value":"604800001","source":"DYNAMIC_DEFAULT_BROKER_CONFIG"}
            """,
            answer.Body,
            StringComparison.Ordinal);
        AssertList(list, "KafkaClusterConfigList", $"{ClusterUrl}/broker-configs");
        Assert.Contains(Data(list), c => Text(c, "name") == "log.retention.ms");
        Assert.All(Data(list), c => Assert.Equal("DYNAMIC_DEFAULT_BROKER_CONFIG", Text(c, "source")));
        Assert.Equal((204, ""), (deleted.Status, deleted.Body));
        AssertError(after, 404, 404);
        AssertError(again, 404, 404);
    }

    [Fact]
    public async Task Alter_sets_and_deletes_and_validate_only_is_honoured()
    {
        var path = $"{Configs}:alter";
        var set = await Gateway.PostAsync(path, """{"data":[{"name":"log.flush.interval.ms","value":"60001"},{"name":"message.max.bytes","value":"1048589"}]}""");
        var listed = await EventuallyAsync(Configs, a => Data(a).Count(c => Text(c, "name") is "log.flush.interval.ms" or "message.max.bytes") == 2);
        var dry = await Gateway.PostAsync(path, """{"data":[{"name":"log.flush.interval.ms","operation":"DELETE"}],"validate_only":true}""");
        var reset = await Gateway.PostAsync(path, """{"data":[{"name":"message.max.bytes","operation":"DELETE"}]}""");
        var after = await EventuallyAsync(Configs, a => Data(a).All(c => Text(c, "name") != "message.max.bytes"));
        var rest = await Gateway.PostAsync(path, """{"data":[{"name":"log.flush.interval.ms","operation":"DELETE"}]}""");

        Assert.Equal([204, 204, 204, 204], new[] { set, dry, reset, rest }.Select(a => a.Status));
        Assert.Equal(Data(listed).Select(c => Text(c, "name")).Order(StringComparer.Ordinal), Data(listed).Select(c => Text(c, "name")));
        Assert.Contains(Data(after), c => Text(c, "name") == "log.flush.interval.ms"); // the dry run left it
    }

    [Theory]
    [InlineData("", 422, 42206)]
    [InlineData("{}", 400, 400)]
    [InlineData("""{"data":[{"name":"log.retention.ms","value":"soon"}]}""", 400, 40002)]
    [InlineData("""{"data":[{"name":"log.dirs","value":"/x"}]}""", 400, 40002)]
    [InlineData("""{"data":[{"name":"log.retention.ms","value":null}]}""", 400, 40002)]
    [InlineData("""{"data":[{"name":"a","value":"1"},{"name":"a","value":"1"}]}""", 422, 42206)]
    [InlineData("""{"data":[],"config_type":"BROKER"}""", 422, 422)]
    public async Task Alter_refuses(string body, int status, int code) => AssertError(await Gateway.PostAsync($"{Configs}:alter", body), status, code);

    [Theory]
    [InlineData("", 422, 42206)]
    [InlineData("""{"value":7}""", 400, 400)]
    [InlineData("""{"value":"soon"}""", 400, 40002)]
    [InlineData("{}", 400, 40002)]
    public async Task Put_refuses(string body, int status, int code) =>
        AssertError(await Gateway.SendAsync(HttpMethod.Put, $"{Configs}/log.retention.ms", body), status, code);

    [Fact]
    public async Task Another_type_of_config_is_not_found() =>
        AssertError(await Gateway.GetAsync($"{Cluster}/client-metrics-configs"), 404, 404);
}

public sealed class ClusterConfigsEmbeddedTests(EmbeddedGateway shared) : ClusterConfigsTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class ClusterConfigsKafkaTests(KafkaGateway shared) : ClusterConfigsTests(shared), IClassFixture<KafkaGateway>;
