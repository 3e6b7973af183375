using System.Text.Json;

namespace Sluice.Tests.Rest.V3;

public abstract class RecordBatchTests(SharedGateway shared) : RestTests(shared)
{
    [Fact]
    public async Task A_batch_answers_207_with_what_was_stored_and_what_was_not()
    {
        var topic = await NewTopicAsync(2);
        var answer = await Gateway.PostAsync(
            $"{Cluster}/topics/{topic}/records:batch",
            """
            {"entries":[
              {"id":"a","partition_id":1,"key":{"type":"STRING","data":"k"},"value":{"type":"JSON","data":{"b": [1.0, "ü"], "a":null}},"headers":[{"name":"h","value":"aGk="}],"timestamp":"2026-01-31T12:00:00Z"},
              {"id":"bad-base64","value":{"type":"BINARY","data":"!!"}},
              {"id":"nowhere","partition_id":9},
              {"id":"negative","partition_id":-1},
              {"id":"Z_9-","partition_id":1}
            ]}
            """);

        Assert.Equal((207, "application/json"), (answer.Status, answer.ContentHeaders.ContentType!.ToString()));
        var successes = answer.Json.GetProperty("successes").EnumerateArray().ToList();
        Assert.Equal(
            $$"""{"id":"a","cluster_id":"{{Gateway.Info.ClusterId}}","topic_name":"{{topic}}","partition_id":1,"offset":0,"timestamp":"2026-01-31T12:00:00Z","key":{"type":"STRING","size":1},"value":{"type":"JSON","size":25{{"}}"}}""",
            successes[0].GetRawText());
        Assert.Equal(("Z_9-", 1), (Text(successes[1], "id"), successes[1].GetProperty("offset").GetInt64()));
        Assert.Equal(2, successes.Count);
        var failures = answer.Json.GetProperty("failures").EnumerateArray().ToList();
        Assert.Equal(
            [("bad-base64", 400), ("nowhere", 40403), ("negative", 40402)], failures.Select(f => (Text(f, "id"), f.GetProperty("error_code").GetInt32())));
        Assert.All(failures, f => Assert.Equal(["id", "error_code", "message"], f.EnumerateObject().Select(p => p.Name)));
        var stored = (await Port.ReadAsync(new(topic, 1), 0, 10, 1000, Cancelled)).Value;
        Assert.Equal("""{"b":[1.0,"ü"],"a":null}""", System.Text.Encoding.UTF8.GetString(stored[0].Value!.Value.Span));
        Assert.Equal(("h", "hi"), (stored[0].Headers[0].Name, System.Text.Encoding.UTF8.GetString(stored[0].Headers[0].Value!.Value.Span)));
    }

    [Fact]
    public async Task A_batch_for_an_unknown_topic_fails_entry_by_entry()
    {
        var answer = await Gateway.PostAsync($"{Cluster}/topics/{Unique("missing")}/records:batch", """{"entries":[{"id":"1"},{"id":"2"}]}""");

        Assert.Equal(207, answer.Status);
        Assert.Empty(answer.Json.GetProperty("successes").EnumerateArray());
        Assert.Equal([40403, 40403], answer.Json.GetProperty("failures").EnumerateArray().Select((JsonElement f) => f.GetProperty("error_code").GetInt32()));
    }

    [Theory]
    [InlineData("", 422, 42206)]
    [InlineData("null", 422, 42206)]
    [InlineData("[]", 400, 400)]
    [InlineData("{}", 422, 42208)]
    [InlineData("""{"entries":[]}""", 422, 42208)]
    [InlineData("""{"entries":[{"id":"1"},{"id":"1"}]}""", 422, 42208)]
    [InlineData("""{"entries":[{}]}""", 422, 42208)]
    [InlineData("""{"entries":[{"id":""}]}""", 422, 42208)]
    [InlineData("""{"entries":[{"id":"a b"}]}""", 422, 42208)]
    [InlineData("""{"entries":[{"id":"ü"}]}""", 422, 42208)]
    [InlineData("""{"entries":[{"id":1}]}""", 400, 400)]
    [InlineData("""{"entries":["1"]}""", 400, 400)]
    [InlineData("""{"entries":{}}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","colour":"red"}]}""", 422, 422)]
    [InlineData("""{"entries":[{"id":"1","value":{"type":"JSON","data":1,"size":3}}]}""", 422, 422)]
    [InlineData("""{"entries":[{"id":"1"}],"validate_only":true}""", 422, 422)]
    [InlineData("""{"entries":[{"id":"1","partition_id":"0"}]}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","value":"x"}]}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","value":{"type":"json","data":1}}]}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","headers":{}}]}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","headers":[{"value":"aGk="}]}]}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","headers":[{"name":"h","value":"!"}]}]}""", 400, 400)]
    [InlineData("""{"entries":[{"id":"1","timestamp":"yesterday"}]}""", 400, 400)]
    public async Task What_is_no_batch_is_refused_as_a_whole(string body, int status, int code)
    {
        var topic = await NewTopicAsync();
        AssertError(await Gateway.PostAsync($"{Cluster}/topics/{topic}/records:batch", body), status, code);

        var offsets = await EventuallyAsync($"{Cluster}/topics/{topic}/partitions/0/offset", answer => answer.Status == 200);
        Assert.Equal(0, offsets.Json.GetProperty("latest_offset").GetInt64());
    }

    [Fact]
    public async Task Ids_have_80_characters_at_most_and_batches_ten_entries()
    {
        var topic = await NewTopicAsync();
        var path = $"{Cluster}/topics/{topic}/records:batch";
        var longest = await Gateway.PostAsync(path, $$"""{"entries":[{"id":"{{new string('x', 80)}}"}]}""");
        var tooLong = await Gateway.PostAsync(path, $$"""{"entries":[{"id":"{{new string('x', 81)}}"}]}""");
        var ten = await Gateway.PostAsync(path, $$"""{"entries":[{{string.Join(',', Enumerable.Range(0, 10).Select(i => $"{{\"id\":\"{i}\"}}"))}}]}""");
        var eleven = await Gateway.PostAsync(path, $$"""{"entries":[{{string.Join(',', Enumerable.Range(0, 11).Select(i => $"{{\"id\":\"{i}\"}}"))}}]}""");

        Assert.Equal(207, longest.Status);
        AssertError(tooLong, 422, 42208);
        Assert.Equal((207, 10), (ten.Status, ten.Json.GetProperty("successes").GetArrayLength()));
        AssertError(eleven, 422, 42208);
    }
}

public sealed class RecordBatchEmbeddedTests(EmbeddedGateway shared) : RecordBatchTests(shared), IClassFixture<EmbeddedGateway>;

public sealed class RecordBatchKafkaTests(KafkaGateway shared) : RecordBatchTests(shared), IClassFixture<KafkaGateway>;
