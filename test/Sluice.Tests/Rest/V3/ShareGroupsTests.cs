using System.Diagnostics;

namespace Sluice.Tests.Rest.V3;

public abstract class ShareGroupsTests(SharedGateway shared) : RestTests(shared)
{
    [Theory]
    [InlineData("share-groups", "KafkaShareGroupList")]
    [InlineData("streams-groups", "KafkaStreamsGroupList")]
    public async Task The_list_answers_also_when_there_are_none(string path, string kind) =>
        AssertList(await Gateway.GetAsync($"{Cluster}/{path}"), kind, $"{ClusterUrl}/{path}");

    [Theory]
    [InlineData("share-groups/nobody")]
    [InlineData("share-groups/nobody/consumers")]
    [InlineData("share-groups/nobody/consumers/c")]
    [InlineData("share-groups/nobody/consumers/c/assignments")]
    [InlineData("streams-groups/nobody")]
    [InlineData("streams-groups/nobody/subtopologies")]
    [InlineData("streams-groups/nobody/subtopologies/0")]
    [InlineData("streams-groups/nobody/members")]
    [InlineData("streams-groups/nobody/members/m")]
    [InlineData("streams-groups/nobody/members/m/assignments")]
    [InlineData("streams-groups/nobody/members/m/target-assignments")]
    [InlineData("streams-groups/nobody/members/m/assignments/active")]
    [InlineData("streams-groups/nobody/members/m/target-assignments/STANDBY")]
    [InlineData("streams-groups/nobody/members/m/assignments/warmup/subtopologies/0")]
    [InlineData("streams-groups/nobody/members/m/target-assignments/warmup/subtopologies/0")]
    [InlineData("streams-groups/nobody/members/m/assignments/lukewarm")]
    public async Task An_unknown_group_answers_404(string path) => AssertError(await Gateway.GetAsync($"{Cluster}/{path}"), 404, 404);
}

public sealed class ShareGroupsEmbeddedTests(EmbeddedGateway shared) : ShareGroupsTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class ShareGroupsKafkaTests(KafkaGateway shared) : ShareGroupsTests(shared), IClassFixture<KafkaGateway>
{
    [Fact]
    public async Task A_live_share_group_shows_its_consumers_and_what_they_read()
    {
        _ = Gateway;
        Assert.SkipUnless(shared.Kafka.HasLauncher, "Needs Kafka's own console share consumer, which comes with the launcher.");
        var topic = await NewTopicAsync(2);
        var group = Unique("share");
        using var consumer = shared.Kafka.StartJava(
            "org.apache.kafka.tools.consumer.ConsoleShareConsumer", "--bootstrap-server", shared.Kafka.Plain, "--topic", topic, "--group", group);
        try
        {
            var answer = await EventuallyAsync(
                $"{Cluster}/share-groups/{group}", a => a.Status == 200 && a.Json.GetProperty("partition_count").GetInt32() == 2);
            var consumers = await Gateway.GetAsync($"{Cluster}/share-groups/{group}/consumers");
            var list = await Gateway.GetAsync($"{Cluster}/share-groups");
            var id = Text(Assert.Single(Data(consumers)), "consumer_id");
            var single = await Gateway.GetAsync($"{Cluster}/share-groups/{group}/consumers/{id}");
            var assignments = await Gateway.GetAsync($"{Cluster}/share-groups/{group}/consumers/{id}/assignments");
            var asConsumerGroup = await Gateway.GetAsync($"{Cluster}/consumer-groups/{group}");

            var at = $"{ClusterUrl}/share-groups/{group}";
            var crn = $"{Crn}/share-group={group}";
            Assert.StartsWith(
                $$"""
                {"kind":"KafkaShareGroup","metadata":{"self":"{{at}}","resource_name":"{{crn}}"},"cluster_id":"{{Gateway.Info.ClusterId}}","share_group_id":"{{group}}","state":"STABLE","coordinator":{"related":"{{ClusterUrl}}/brokers/1"},"consumers":{"related":"{{at}}/consumers"},"consumer_count":1,"partition_count":2,"assigned_topic_partitions":[{"kind":"KafkaShareGroupTopicPartition","metadata":{"self":"{{at}}/assigned-topic-partitions/{{topic}}/0","resource_name":"{{crn}}/topic-partition={{topic}}:0"},"topic_name":"{{topic}}","partition_id":0,"partition":{"related":"{{ClusterUrl}}/topics/{{topic}}/partitions/0"{{"}}"}},{
                """,
                answer.Body,
                StringComparison.Ordinal);
            Assert.Contains(Data(list), g => Text(g, "share_group_id") == group);
            AssertList(consumers, "KafkaShareConsumerList", $"{at}/consumers");
            Assert.Equal(Data(consumers)[0].GetRawText(), single.Body);
            Assert.Equal("KafkaShareGroupConsumer", Text(single.Json, "kind"));
            AssertList(assignments, "KafkaConsumerAssignmentList", $"{at}/consumers/{id}/assignments");
            Assert.Equal([(topic, 0), (topic, 1)], Data(assignments).Select(a => (Text(a, "topic_name"), a.GetProperty("partition_id").GetInt32())));
            AssertError(asConsumerGroup, 404, 404);
        }
        finally
        {
            Kill(consumer);
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
