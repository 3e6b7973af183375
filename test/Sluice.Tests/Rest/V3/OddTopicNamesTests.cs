namespace Sluice.Tests.Rest.V3;

/// <summary>Names that no topic can have, in paths: both kinds of clusters answer as Kafka does.</summary>
public abstract class OddTopicNamesTests(SharedGateway shared) : RestTests(shared)
{
    public static TheoryData<string> Names => [.. (string[])["a b", "a/b", "ä", "💩", "x:alter", "~", "a*", new('x', 250)]];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_reads_a_topic_says_that_the_name_is_not_valid(string name)
    {
        foreach (var below in new[] { "", "/partitions", "/partitions/0", "/partitions/0/offset", "/partitions/0/replicas", "/partitions/-/reassignment", "/configs", "/configs/retention.ms", "/default-configs" })
        {
            AssertError(await Gateway.GetAsync($"{Cluster}/topics/{Uri.EscapeDataString(name)}{below}"), 400, 40002);
        }

        AssertError(await Gateway.SendAsync(HttpMethod.Put, $"{Cluster}/topics/{Uri.EscapeDataString(name)}/configs/retention.ms", """{"value":"1"}"""), 400, 40002);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_changes_a_topic_does_not_find_it(string name)
    {
        var path = $"{Cluster}/topics/{Uri.EscapeDataString(name)}";

        AssertError(await Gateway.SendAsync(HttpMethod.Delete, path), 404, 40403);
        AssertError(await Gateway.SendAsync(HttpMethod.Patch, path, """{"partitions_count":7}"""), 404, 40403);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_record_for_it_is_reported_as_a_request_that_cannot_be(string name)
    {
        var answer = await Gateway.PostAsync($"{Cluster}/topics/{Uri.EscapeDataString(name)}/records", """{"value":{"type":"STRING","data":"x"}}""");

        Assert.Equal((200, 40002), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_cannot_be_made(string name) =>
        AssertError(await Gateway.PostAsync($"{Cluster}/topics", $$"""{"topic_name":"{{name}}"}"""), 422, 42206);
}

public sealed class OddTopicNamesEmbeddedTests(EmbeddedGateway shared) : OddTopicNamesTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class OddTopicNamesKafkaTests(KafkaGateway shared) : OddTopicNamesTests(shared), IClassFixture<KafkaGateway>;
