using Confluent.Kafka;

namespace Sluice.Tests.Rest.V3;

/// <summary>Groups with live members, which only a real cluster has: members are librdkafka consumers of both protocols.</summary>
public sealed class LiveConsumersTests(KafkaGateway shared) : RestTests(shared), IClassFixture<KafkaGateway>
{
    [Theory]
    [InlineData("classic", "CLASSIC", "range")]
    [InlineData("consumer", "CONSUMER", "uniform")]
    public async Task A_live_member_is_shown_with_what_it_reads_and_how_far_behind_it_is(string protocol, string type, string assignor)
    {
        var topic = await NewTopicAsync(2);
        var group = Unique("live");
        await ProduceAsync(topic, 0, 3);
        using var consumer = Join(topic, group, protocol, "client-1", "instance-1");
        await WaitAsync(consumer, 2);
        consumer.Commit([new TopicPartitionOffset(topic, 0, 1), new TopicPartitionOffset(topic, 1, 0)]);

        var at = $"{Cluster}/consumer-groups/{group}";
        var answer = await EventuallyAsync(at, a => a.Status == 200 && Text(a.Json, "state") == "STABLE");
        var list = await Gateway.GetAsync($"{Cluster}/consumer-groups");
        var member = Assert.Single(Data(await Gateway.GetAsync($"{at}/consumers")));
        var id = Text(member, "consumer_id");
        var single = await Gateway.GetAsync($"{at}/consumers/{Uri.EscapeDataString(id)}");
        var assignments = await Gateway.GetAsync($"{at}/consumers/{Uri.EscapeDataString(id)}/assignments");
        var assignment = await Gateway.GetAsync($"{at}/consumers/{Uri.EscapeDataString(id)}/assignments/{topic}/partitions/1");
        var lags = await Gateway.GetAsync($"{at}/lags");
        var summary = await Gateway.GetAsync($"{at}/lag-summary");

        var url = $"{ClusterUrl}/consumer-groups/{group}";
        Assert.Equal(
            (type, assignor, false, false),
            (Text(answer.Json, "type"), Text(answer.Json, "partition_assignor"), answer.Json.GetProperty("is_simple").GetBoolean(),
                answer.Json.GetProperty("is_mixed_consumer_group").GetBoolean()));
        Assert.Contains(Data(list), g => g.GetRawText() == answer.Body);
        Assert.Equal(
            $$"""
            {"kind":"KafkaConsumer","metadata":{"self":"{{url}}/consumers/{{id}}","resource_name":"{{Crn}}/consumer-group={{group}}/consumer={{id}}"},"cluster_id":"{{Gateway.Info.ClusterId}}","consumer_group_id":"{{group}}","consumer_id":"{{id}}","instance_id":"instance-1","client_id":"client-1","assignments":{"related":"{{url}}/consumers/{{id}}/assignments"{{"}}"}}
            """,
            single.Body);
        Assert.Equal(single.Body, member.GetRawText());
        AssertList(assignments, "KafkaConsumerAssignmentList", $"{url}/consumers/{id}/assignments");
        Assert.Equal([0, 1], Data(assignments).Select(a => a.GetProperty("partition_id").GetInt32()));
        Assert.Equal(
            $$"""
            {"kind":"KafkaConsumerAssignment","metadata":{"self":"{{url}}/consumers/{{id}}/assignments/{{topic}}/partitions/1","resource_name":"{{Crn}}/consumer-group={{group}}/consumer={{id}}/assignment={{topic}}/partition=1"},"cluster_id":"{{Gateway.Info.ClusterId}}","consumer_group_id":"{{group}}","consumer_id":"{{id}}","topic_name":"{{topic}}","partition_id":1,"partition":{"related":"{{ClusterUrl}}/topics/{{topic}}/partitions/1"},"lag":{"related":"{{url}}/lags/{{topic}}/partitions/1"{{"}}"}}
            """,
            assignment.Body);
        Assert.Equal(
            [(0, 1L, 3L, 2L, id, "instance-1", "client-1"), (1, 0L, 0L, 0L, id, "instance-1", "client-1")],
            Data(lags).Select(l => (
                l.GetProperty("partition_id").GetInt32(), l.GetProperty("current_offset").GetInt64(), l.GetProperty("log_end_offset").GetInt64(),
                l.GetProperty("lag").GetInt64(), Text(l, "consumer_id"), Text(l, "instance_id"), Text(l, "client_id"))));
        Assert.Equal(
            (id, "instance-1", "client-1", topic, 0, 2L, 2L, $"{url}/consumers/{id}"),
            (Text(summary.Json, "max_lag_consumer_id"), Text(summary.Json, "max_lag_instance_id"), Text(summary.Json, "max_lag_client_id"),
                Text(summary.Json, "max_lag_topic_name"), summary.Json.GetProperty("max_lag_partition_id").GetInt32(),
                summary.Json.GetProperty("max_lag").GetInt64(), summary.Json.GetProperty("total_lag").GetInt64(),
                Text(summary.Json.GetProperty("max_lag_consumer"), "related")));
        AssertError(await Gateway.GetAsync($"{at}/consumers/{Uri.EscapeDataString(id)}/assignments/{topic}/partitions/2"), 404, 404);
        AssertError(await Gateway.GetAsync($"{at}/consumers/{Uri.EscapeDataString(id)}/assignments/{Unique("other")}/partitions/0"), 404, 404);
        consumer.Close();
    }

    [Fact]
    public async Task A_group_is_mixed_while_a_member_of_it_speaks_the_old_protocol()
    {
        var topic = await NewTopicAsync(2);
        var group = Unique("live");
        var at = $"{Cluster}/consumer-groups/{group}";
        using var old = Join(topic, group, "classic", "old", null);
        await WaitAsync(old, 2);
        var before = await EventuallyAsync(at, a => a.Status == 200 && Text(a.Json, "state") == "STABLE");
        using var young = Join(topic, group, "consumer", "young", null);
        var mixed = await EventuallyAsync(
            async () =>
            {
                await Task.Run(() => (old.Consume(TimeSpan.FromMilliseconds(50)), young.Consume(TimeSpan.FromMilliseconds(50))), Cancelled);
                return await Gateway.GetAsync(at);
            },
            a => old.Assignment.Count == 1 && young.Assignment.Count == 1 && Text(a.Json, "state") == "STABLE");
        var members = Data(await Gateway.GetAsync($"{at}/consumers"));
        await Task.Run(old.Close, Cancelled);
        await WaitAsync(young, 2);
        var after = await EventuallyAsync(at, a => Text(a.Json, "state") == "STABLE");

        Assert.Equal(("CLASSIC", false), (Text(before.Json, "type"), before.Json.GetProperty("is_mixed_consumer_group").GetBoolean()));
        Assert.Equal(("CONSUMER", true), (Text(mixed.Json, "type"), mixed.Json.GetProperty("is_mixed_consumer_group").GetBoolean()));
        Assert.Equal(["old", "young"], members.Select(m => Text(m, "client_id")).Order(StringComparer.Ordinal));
        Assert.Equal(("CONSUMER", false), (Text(after.Json, "type"), after.Json.GetProperty("is_mixed_consumer_group").GetBoolean()));
        young.Close();
    }

    [Fact]
    public async Task A_client_id_may_have_a_slash_and_a_member_without_an_instance_says_null()
    {
        var topic = await NewTopicAsync();
        var group = Unique("live");
        using var consumer = Join(topic, group, "classic", "app/one", null);
        await WaitAsync(consumer, 1);
        var at = $"{Cluster}/consumer-groups/{group}";
        var none = await Gateway.GetAsync($"{at}/lags");
        var id = Text(Assert.Single(Data(await Gateway.GetAsync($"{at}/consumers"))), "consumer_id");
        var answer = await Gateway.GetAsync($"{at}/consumers/{Uri.EscapeDataString(id)}");

        AssertError(none, 404, 404); // lives, but has committed nothing
        Assert.StartsWith("app/one-", id, StringComparison.Ordinal);
        Assert.Contains("\"instance_id\":null,\"client_id\":\"app/one\"", answer.Body, StringComparison.Ordinal);
        consumer.Close();
    }

    [Fact]
    public async Task An_open_transaction_is_no_lag()
    {
        var topic = await NewTopicAsync();
        var group = Unique("live");
        using var producer = new ProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = shared.Kafka.Plain, TransactionalId = group }).Build();
        await Task.Run(() => producer.InitTransactions(TimeSpan.FromSeconds(30)), Cancelled);
        producer.BeginTransaction();
        await producer.ProduceAsync(topic, new Message<Null, string> { Value = "open" }, Cancelled);
        using var consumer = Join(topic, group, "classic", "c", null);
        await WaitAsync(consumer, 1);
        consumer.Commit([new TopicPartitionOffset(topic, 0, 0)]);
        var open = await Gateway.GetAsync($"{Cluster}/consumer-groups/{group}/lags/{topic}/partitions/0");
        await Task.Run(() => producer.CommitTransaction(TimeSpan.FromSeconds(30)), Cancelled);
        var committed = await EventuallyAsync(
            $"{Cluster}/consumer-groups/{group}/lags/{topic}/partitions/0", a => a.Json.GetProperty("lag").GetInt64() > 0);

        Assert.Equal((0, 0), (open.Json.GetProperty("log_end_offset").GetInt64(), open.Json.GetProperty("lag").GetInt64()));
        Assert.Equal(2, committed.Json.GetProperty("log_end_offset").GetInt64()); // the record and the marker
        consumer.Close();
    }

    private IConsumer<Ignore, Ignore> Join(string topic, string group, string protocol, string clientId, string? instanceId)
    {
        _ = Gateway;
        var config = new ConsumerConfig
        {
            BootstrapServers = shared.Kafka.Plain,
            GroupId = group,
            ClientId = clientId,
            GroupInstanceId = instanceId,
            EnableAutoCommit = false,
            GroupProtocol = protocol == "consumer" ? GroupProtocol.Consumer : GroupProtocol.Classic,
        };
        var consumer = new ConsumerBuilder<Ignore, Ignore>(config).Build();
        consumer.Subscribe(topic);
        return consumer;
    }

    private static async Task WaitAsync(IConsumer<Ignore, Ignore> consumer, int partitions) => await EventuallyAsync(
        () => Task.Run(() =>
        {
            consumer.Consume(TimeSpan.FromMilliseconds(100));
            return consumer.Assignment.Count;
        }),
        count => count == partitions);

    private async Task ProduceAsync(string topic, int partition, int count)
    {
        var record = $$$"""{"partition_id":{{{partition}}},"value":{"type":"STRING","data":"x"}}""";
        var answer = await Gateway.PostAsync($"{Cluster}/topics/{topic}/records", string.Concat(Enumerable.Repeat(record, count)));
        Assert.All(answer.Lines, line => Assert.Equal(200, line.GetProperty("error_code").GetInt32()));
    }
}
