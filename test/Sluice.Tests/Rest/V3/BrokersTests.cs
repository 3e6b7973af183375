using System.Text.Json;

namespace Sluice.Tests.Rest.V3;

public abstract class BrokersTests(SharedGateway shared) : RestTests(shared)
{
    private string Brokers => $"{Cluster}/brokers";

    [Fact]
    public async Task A_broker_says_where_it_is_and_links_to_what_it_has()
    {
        var list = await Gateway.GetAsync(Brokers);
        var broker = Data(list)[0];
        var (id, host, port) = (broker.GetProperty("broker_id").GetInt32(), Text(broker, "host"), broker.GetProperty("port").GetInt32());
        var answer = await Gateway.GetAsync($"{Brokers}/{id}");

        AssertList(list, "KafkaBrokerList", $"{ClusterUrl}/brokers");
        Assert.Equal(
            $$"""
            {"kind":"KafkaBroker","metadata":{"self":"{{ClusterUrl}}/brokers/{{id}}","resource_name":"{{Crn}}/broker={{id}}"},"cluster_id":"{{Gateway.Info.ClusterId}}","broker_id":{{id}},"host":"{{host}}","port":{{port}},"rack":null,"configs":{"related":"{{ClusterUrl}}/brokers/{{id}}/configs"},"partition_replicas":{"related":"{{ClusterUrl}}/brokers/{{id}}/partition-replicas"{{"}}"}}
            """,
            answer.Body);
        Assert.Equal(broker.GetRawText(), answer.Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/configs")]
    [InlineData("/configs/log.retention.ms")]
    [InlineData("/partition-replicas")]
    public async Task An_unknown_broker_answers_404(string below)
    {
        AssertError(await Gateway.GetAsync($"{Brokers}/4711{below}"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Brokers}/four{below}"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Brokers}/99999999999{below}"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Brokers}/-1{below}"), 404, 404);
    }

    [Fact]
    public async Task The_configs_of_a_broker_are_listed_set_and_reset()
    {
        var id = await AnyBrokerAsync();
        var path = $"{Brokers}/{id}/configs";
        var list = await Gateway.GetAsync(path);
        var set = await Gateway.SendAsync(HttpMethod.Put, $"{path}/log.cleaner.backoff.ms", """{"value":"15001"}""");
        var answer = await EventuallyAsync($"{path}/log.cleaner.backoff.ms", a => Text(a.Json, "value") == "15001");
        var deleted = await Gateway.SendAsync(HttpMethod.Delete, $"{path}/log.cleaner.backoff.ms");
        var after = await EventuallyAsync($"{path}/log.cleaner.backoff.ms", a => Text(a.Json, "value") == "15000");

        AssertList(list, "KafkaBrokerConfigList", $"{ClusterUrl}/brokers/{id}/configs");
        Assert.Equal(Data(list).Select(c => Text(c, "name")).Order(StringComparer.Ordinal), Data(list).Select(c => Text(c, "name")));
        Assert.Equal((204, ""), (set.Status, set.Body));
        Assert.Equal(
            $$"""
            {"kind":"KafkaBrokerConfig","metadata":{"self":"{{ClusterUrl}}/brokers/{{id}}/configs/log.cleaner.backoff.ms","resource_name":"{{Crn}}/broker={{id}}/config=log.cleaner.backoff.ms"},"cluster_id":"{{Gateway.Info.ClusterId}}","broker_id":{{id}},"name":"log.cleaner.backoff.ms","value":"15001","is_default":false,"is_read_only":false,"is_sensitive":false,"source":"DYNAMIC_BROKER_CONFIG","synonyms":[{"name":"log.cleaner.backoff.ms","value":"15001","source":"DYNAMIC_BROKER_CONFIG"},{"name":"log.cleaner.backoff.ms","value":"15000","source":"DEFAULT_CONFIG"}]}
            """,
            answer.Body);
        Assert.Equal(204, deleted.Status);
        Assert.Equal("DEFAULT_CONFIG", Text(after.Json, "source"));
    }

    [Fact]
    public async Task Alter_of_a_broker_honours_validate_only_and_refuses_what_needs_a_restart()
    {
        var id = await AnyBrokerAsync();
        var path = $"{Brokers}/{id}/configs:alter";
        var dry = await Gateway.PostAsync(path, """{"data":[{"name":"log.cleaner.io.buffer.load.factor","value":"0.8"}],"validate_only":true}""");
        var fixedOne = await Gateway.PostAsync(path, """{"data":[{"name":"log.dirs","value":"/elsewhere"}]}""");
        var unknown = await Gateway.PostAsync(path, """{"data":[{"name":"no.such","value":"1"}]}""");
        var empty = await Gateway.PostAsync(path, "");
        var nobody = await Gateway.PostAsync($"{Brokers}/4711/configs:alter", """{"data":[]}""");
        var after = await Gateway.GetAsync($"{Brokers}/{id}/configs/log.cleaner.io.buffer.load.factor");

        Assert.Equal(204, dry.Status);
        AssertError(fixedOne, 400, 40002);
        AssertError(unknown, 404, 404, $"Config no.such cannot be found for BROKER {id} in cluster {Gateway.Info.ClusterId}.");
        AssertError(empty, 422, 42206, "Payload error. Null input provided. Data is required.");
        AssertError(nobody, 404, 404);
        Assert.Equal(("0.9", "DEFAULT_CONFIG"), (Text(after.Json, "value"), Text(after.Json, "source")));
    }

    [Fact]
    public async Task The_configs_of_all_brokers_are_in_one_list()
    {
        var id = await AnyBrokerAsync();
        var answer = await Gateway.GetAsync($"{Brokers}/-/configs");

        AssertList(answer, "KafkaBrokerConfigList", $"{ClusterUrl}/brokers/-/configs");
        Assert.Contains(Data(answer), c => c.GetProperty("broker_id").GetInt32() == id && Text(c, "name") == "log.retention.ms");
        Assert.All(Data(answer), c => Assert.True(!c.GetProperty("is_sensitive").GetBoolean() || c.GetProperty("value").ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task Replicas_are_found_from_their_partition_and_from_their_broker()
    {
        var topic = await NewTopicAsync(2);
        var id = await AnyBrokerAsync();
        var path = $"{Cluster}/topics/{topic}/partitions/1/replicas";
        var list = await Gateway.GetAsync(path);
        var answer = await Gateway.GetAsync($"{path}/{id}");
        var all = await Gateway.GetAsync($"{Brokers}/{id}/partition-replicas");

        AssertList(list, "KafkaReplicaList", $"{Gateway.Info.Url}{path}");
        Assert.Equal(
            $$"""
            {"kind":"KafkaReplica","metadata":{"self":"{{ClusterUrl}}/topics/{{topic}}/partitions/1/replicas/{{id}}","resource_name":"{{Crn}}/topic={{topic}}/partition=1/replica={{id}}"},"cluster_id":"{{Gateway.Info.ClusterId}}","topic_name":"{{topic}}","partition_id":1,"broker_id":{{id}},"is_leader":true,"is_in_sync":true,"broker":{"related":"{{ClusterUrl}}/brokers/{{id}}"{{"}}"}}
            """,
            answer.Body);
        Assert.Equal(answer.Body, Assert.Single(Data(list)).GetRawText());
        AssertList(all, "KafkaReplicaList", $"{ClusterUrl}/brokers/{id}/partition-replicas");
        var places = Data(all).Select(r => (Topic: Text(r, "topic_name"), Partition: r.GetProperty("partition_id").GetInt32())).ToList();
        Assert.Equal(places.OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition), places);
        Assert.Contains((topic, 1), places);
    }

    [Fact]
    public async Task Replicas_of_what_is_not_there_answer_404()
    {
        var topic = await NewTopicAsync();
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{Unique("missing")}/partitions/0/replicas"), 404, 40403);
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/9/replicas"), 404, 404, "HTTP 404 Not Found");
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/0/replicas/4711"), 404, 404, "HTTP 404 Not Found");
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/x/replicas"), 404, 404);
    }

    [Fact]
    public async Task Without_a_reassignment_lists_are_empty_and_one_is_not_found()
    {
        var topic = await NewTopicAsync();
        var all = await Gateway.GetAsync($"{Cluster}/topics/-/partitions/-/reassignment");
        var ofTopic = await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/-/reassignment");

        AssertList(all, "KafkaReassignmentList", $"{ClusterUrl}/topics/-/partitions/-/reassignment");
        AssertList(ofTopic, "KafkaReassignmentList", $"{ClusterUrl}/topics/{topic}/partitions/-/reassignment");
        Assert.Empty(Data(ofTopic));
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/0/reassignment"), 404, 404, "HTTP 404 Not Found");
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{topic}/partitions/7/reassignment"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{Unique("missing")}/partitions/-/reassignment"), 404, 40403);
        AssertError(await Gateway.GetAsync($"{Cluster}/topics/{Unique("missing")}/partitions/0/reassignment"), 404, 40403);
    }

    private async Task<int> AnyBrokerAsync() => Data(await Gateway.GetAsync(Brokers))[0].GetProperty("broker_id").GetInt32();
}

public sealed class BrokersEmbeddedTests(EmbeddedGateway shared) : BrokersTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class BrokersKafkaTests(KafkaGateway shared) : BrokersTests(shared), IClassFixture<KafkaGateway>;
