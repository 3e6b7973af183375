using Sluice.Kafka;
using Sluice.Kafka.Groups;

namespace Sluice.Tests.Rest.V3;

public abstract class ConsumerGroupsTests(SharedGateway shared) : RestTests(shared)
{
    private string Groups => $"{Cluster}/consumer-groups";

    [Fact]
    public async Task A_group_that_only_commits_is_simple_and_empty()
    {
        var group = Unique("g");
        await CommitAsync(group, (await NewTopicAsync(), 0, 0));
        var answer = await Gateway.GetAsync($"{Groups}/{group}");
        var list = await Gateway.GetAsync(Groups);
        var consumers = await Gateway.GetAsync($"{Groups}/{group}/consumers");

        var coordinator = Text(answer.Json.GetProperty("coordinator"), "related");
        Assert.StartsWith($"{ClusterUrl}/brokers/", coordinator, StringComparison.Ordinal);
        Assert.Equal(
            $$"""
            {"kind":"KafkaConsumerGroup","metadata":{"self":"{{ClusterUrl}}/consumer-groups/{{group}}","resource_name":"{{Crn}}/consumer-group={{group}}"},"cluster_id":"{{Gateway.Info.ClusterId}}","consumer_group_id":"{{group}}","is_simple":true,"partition_assignor":"","state":"EMPTY","type":"CLASSIC","is_mixed_consumer_group":false,"coordinator":{"related":"{{coordinator}}"},"consumers":{"related":"{{ClusterUrl}}/consumer-groups/{{group}}/consumers"},"lag_summary":{"related":"{{ClusterUrl}}/consumer-groups/{{group}}/lag-summary"{{"}}"}}
            """,
            answer.Body);
        AssertList(list, "KafkaConsumerGroupList", $"{ClusterUrl}/consumer-groups");
        Assert.Equal(answer.Body, Data(list).Single(g => Text(g, "consumer_group_id") == group).GetRawText());
        AssertList(consumers, "KafkaConsumerList", $"{ClusterUrl}/consumer-groups/{group}/consumers");
        Assert.Empty(Data(consumers));
    }

    [Fact]
    public async Task Lags_are_largest_first_and_summed_up()
    {
        var (one, two) = (await NewTopicAsync(2, "lag-a"), await NewTopicAsync(1, "lag-b"));
        await ProduceAsync(one, 0, 3);
        await ProduceAsync(one, 1, 5);
        await ProduceAsync(two, 0, 5);
        var group = Unique("g");
        await CommitAsync(group, (two, 0, 1), (one, 0, 3), (one, 1, 1));
        var at = $"{ClusterUrl}/consumer-groups/{group}";
        var list = await Gateway.GetAsync($"{Groups}/{group}/lags");
        var single = await Gateway.GetAsync($"{Groups}/{group}/lags/{one}/partitions/1");
        var summary = await Gateway.GetAsync($"{Groups}/{group}/lag-summary");

        AssertList(list, "KafkaConsumerLagList", $"{at}/lags");
        Assert.Equal(
            [(one, 1, 4), (two, 0, 4), (one, 0, 0)],
            Data(list).Select(l => (Text(l, "topic_name"), l.GetProperty("partition_id").GetInt32(), l.GetProperty("lag").GetInt32())));
        Assert.Equal(
            $$"""
            {"kind":"KafkaConsumerLag","metadata":{"self":"{{at}}/lags/{{one}}/partitions/1","resource_name":"{{Crn}}/consumer-group={{group}}/lag={{one}}/partition=1"},"cluster_id":"{{Gateway.Info.ClusterId}}","consumer_group_id":"{{group}}","topic_name":"{{one}}","partition_id":1,"current_offset":1,"log_end_offset":5,"lag":4,"consumer_id":"","instance_id":null,"client_id":""}
            """,
            single.Body);
        Assert.Equal(single.Body, Data(list)[0].GetRawText());
        Assert.Equal(
            $$"""
            {"kind":"KafkaConsumerGroupLagSummary","metadata":{"self":"{{at}}/lag-summary","resource_name":"{{Crn}}/consumer-group={{group}}/lag-summary"},"cluster_id":"{{Gateway.Info.ClusterId}}","consumer_group_id":"{{group}}","max_lag_consumer_id":"","max_lag_instance_id":null,"max_lag_client_id":"","max_lag_topic_name":"{{one}}","max_lag_partition_id":1,"max_lag":4,"total_lag":8,"max_lag_consumer":{"related":"{{at}}/consumers/"},"max_lag_partition":{"related":"{{ClusterUrl}}/topics/{{one}}/partitions/1"{{"}}"}}
            """,
            summary.Body);
    }

    [Fact]
    public async Task A_committed_offset_past_the_end_is_no_negative_lag()
    {
        var topic = await NewTopicAsync();
        var group = Unique("g");
        await CommitAsync(group, (topic, 0, 10));
        var summary = await Gateway.GetAsync($"{Groups}/{group}/lag-summary");

        Assert.Equal((0, 0), (summary.Json.GetProperty("max_lag").GetInt32(), summary.Json.GetProperty("total_lag").GetInt32()));
        Assert.Equal((topic, 0), (Text(summary.Json, "max_lag_topic_name"), summary.Json.GetProperty("max_lag_partition_id").GetInt32()));
    }

    [Fact]
    public async Task What_is_not_there_answers_404()
    {
        var topic = await NewTopicAsync(2);
        var group = Unique("g");
        await CommitAsync(group, (topic, 0, 0));
        AssertError(await Gateway.GetAsync($"{Groups}/{group}/consumers/c"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Groups}/{group}/consumers/c/assignments"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Groups}/{group}/consumers/c/assignments/{topic}/partitions/0"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Groups}/{group}/lags/{topic}/partitions/1"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Groups}/{group}/lags/{topic}/partitions/x"), 404, 404);
        AssertError(await Gateway.GetAsync($"{Groups}/{group}/lags/{Unique("missing")}/partitions/0"), 404, 404);
        foreach (var below in new[] { "", "/consumers", "/consumers/c", "/lag-summary", "/lags", $"/lags/{topic}/partitions/0" })
        {
            AssertError(await Gateway.GetAsync($"{Groups}/{Unique("nobody")}{below}"), 404, 404);
        }

        var other = await Gateway.GetAsync("/kafka/v3/clusters/lkc-other/consumer-groups");
        AssertError(other, 404, 404, "Cluster lkc-other could not be found.");
    }

    [Theory]
    [InlineData("with/slash", "with%2Fslash")]
    [InlineData("with%2Fpercent", "with%252Fpercent")]
    [InlineData("with space+plus", "with%20space+plus")]
    [InlineData("ünïcode", "%C3%BCn%C3%AFcode")]
    [InlineData("colon:alter", "colon:alter")]
    public async Task A_group_may_have_any_name(string name, string encoded)
    {
        var suffix = Unique("");
        await CommitAsync(name + suffix, (await NewTopicAsync(), 0, 0));
        var answer = await Gateway.GetAsync($"{Groups}/{encoded}{suffix}");
        var lags = await Gateway.GetAsync($"{Groups}/{encoded}{suffix}/lags");

        Assert.Equal((200, name + suffix), (answer.Status, Text(answer.Json, "consumer_group_id")));
        Assert.Single(Data(lags));
    }

    [Fact]
    public async Task Offsets_of_a_deleted_topic_are_no_lag()
    {
        var (kept, gone) = (await NewTopicAsync(), await NewTopicAsync());
        var group = Unique("g");
        await CommitAsync(group, (kept, 0, 0), (gone, 0, 0));
        Assert.Equal(204, (await Gateway.SendAsync(HttpMethod.Delete, $"{Cluster}/topics/{gone}")).Status);
        var answer = await EventuallyAsync($"{Groups}/{group}/lags", a => a.Status == 200 && Data(a).Count == 1);

        Assert.Equal(kept, Text(Data(answer)[0], "topic_name"));
    }

    private async Task CommitAsync(string group, params (string Topic, int Partition, long Offset)[] offsets)
    {
        var committed = await Port.CommitGroupOffsetsAsync(
            group, [.. offsets.Select(o => new CommittedOffset(new TopicPartition(o.Topic, o.Partition), o.Offset))], Cancelled);
        Assert.True(committed.IsSuccess, committed.Error.ToString());
    }

    private async Task ProduceAsync(string topic, int partition, int count)
    {
        var record = $$$"""{"partition_id":{{{partition}}},"value":{"type":"STRING","data":"x"}}""";
        var answer = await Gateway.PostAsync($"{Cluster}/topics/{topic}/records", string.Concat(Enumerable.Repeat(record, count)));
        Assert.All(answer.Lines, line => Assert.Equal(200, line.GetProperty("error_code").GetInt32()));
        Assert.Equal(count, answer.Lines.Count);
    }
}

public sealed class ConsumerGroupsEmbeddedTests(EmbeddedGateway shared) : ConsumerGroupsTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class ConsumerGroupsKafkaTests(KafkaGateway shared) : ConsumerGroupsTests(shared), IClassFixture<KafkaGateway>;
