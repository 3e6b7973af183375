using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Hosting;
using Sluice.Kafka;
using Sluice.Kafka.Records;
using Sluice.Testing;

namespace Sluice.Tests.Rest.V3;

public sealed class RecordsTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Fact]
    public async Task A_record_is_reported_with_its_place_and_sizes_and_stored_as_sent()
    {
        await _gateway.CreateTopicAsync("one");

        var answer = await ProduceAsync(
            "one",
            """
            {"partition_id":0,"headers":[{"name":"h","value":"AQI="},{"name":"h","value":null}],"key":{"type":"STRING","data":"k"},"value":{"type":"JSON","data":{"a": [1, 2.50 ],"b":"x y"}},"timestamp":"2026-01-31T12:00:00.250Z"}
            """);

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.ContentHeaders.ContentType!.ToString());
        Assert.Equal(
            """
            {"error_code":200,"cluster_id":"lkc-dev","topic_name":"one","partition_id":0,"offset":0,"timestamp":"2026-01-31T12:00:00.25Z","key":{"type":"STRING","size":1},"value":{"type":"JSON","size":24}}
            """ + "\r\n",
            answer.Body);
        var stored = Assert.Single(await ReadAsync("one"));
        Assert.Equal("k", Text(stored.Key));
        Assert.Equal("""{"a":[1,2.50],"b":"x y"}""", Text(stored.Value));
        Assert.Equal(1769860800250, stored.Timestamp);
        Assert.Equal(["h", "h"], stored.Headers.Select(h => h.Name));
        Assert.Equal([1, 2], stored.Headers[0].Value!.Value.ToArray());
        Assert.Null(stored.Headers[1].Value);
    }

    [Fact]
    public async Task An_empty_object_is_a_record_with_null_key_and_null_value()
    {
        await _gateway.CreateTopicAsync("empty");

        var answer = await ProduceAsync("empty", "{}");

        Assert.Equal(200, answer.Lines[0].GetProperty("error_code").GetInt32());
        Assert.False(answer.Lines[0].TryGetProperty("key", out _));
        var stored = Assert.Single(await ReadAsync("empty"));
        Assert.Null(stored.Key);
        Assert.Null(stored.Value);
    }

    [Fact]
    public async Task Null_data_with_a_type_is_null_bytes_of_size_minus_one()
    {
        await _gateway.CreateTopicAsync("nulls");

        var answer = await ProduceAsync("nulls", """{"key":{"type":"BINARY","data":null},"value":{"type":"STRING","data":""}}""");

        Assert.Equal(-1, answer.Lines[0].GetProperty("key").GetProperty("size").GetInt32());
        Assert.Equal(0, answer.Lines[0].GetProperty("value").GetProperty("size").GetInt32());
        var stored = Assert.Single(await ReadAsync("nulls"));
        Assert.Null(stored.Key);
        Assert.Equal("", Text(stored.Value));
    }

    [Theory]
    [InlineData("""{"type":"STRING","data":"gr\u00fc\u00df \ud83d\udc31 \"q\" \/"}""", "grüß 🐱 \"q\" /")]
    [InlineData("""{"data":"late","type":"STRING"}""", "late")]
    [InlineData("""{"type":"BINARY","data":"aGk="}""", "hi")]
    [InlineData("""{"type":"BINARY","data":"Pz8\/"}""", "???")]
    [InlineData("""{"type":"BINARY","data":""}""", "")]
    [InlineData("""{"type":"JSON","data":"text"}""", "\"text\"")]
    [InlineData("""{"type":"JSON","data":12345678901234567890.10}""", "12345678901234567890.10")]
    [InlineData("""{"type":"JSON","data":true}""", "true")]
    [InlineData("""{"type":"JSON","data": { "s" : "a \\\" b" , "n" : [ ] } }""", """{"s":"a \\\" b","n":[]}""")]
    public async Task Data_is_stored_as_its_type_says(string value, string expected)
    {
        var topic = $"data-{Guid.NewGuid():N}";
        await _gateway.CreateTopicAsync(topic);

        var answer = await ProduceAsync(topic, $$"""{"value":{{value}}}""");

        Assert.Equal(200, answer.Lines[0].GetProperty("error_code").GetInt32());
        Assert.Equal(expected, Text(Assert.Single(await ReadAsync(topic)).Value));
    }

    [Theory]
    [InlineData("""{"value":{"type":"BINARY","data":"!!"}}""", 400)]
    [InlineData("""{"value":{"type":"BINARY","data":"aGk"}}""", 400)]
    [InlineData("""{"value":{"type":"BINARY","data":"aG k="}}""", 400)]
    [InlineData("""{"value":{"type":"BINARY","data":7}}""", 400)]
    [InlineData("""{"value":{"type":"STRING","data":7}}""", 400)]
    [InlineData("""{"value":{"type":"STRING","data":"\ud800"}}""", 400)]
    [InlineData("""{"value":{"type":"string","data":"x"}}""", 400)]
    [InlineData("""{"value":{"type":"TEXT","data":"x"}}""", 400)]
    [InlineData("""{"value":{"type":5,"data":"x"}}""", 400)]
    [InlineData("""{"value":{"data":"x"}}""", 400)]
    [InlineData("""{"value":"x"}""", 400)]
    [InlineData("""{"value":{"type":"JSON","data":1,"schema_id":4}}""", 400)]
    [InlineData("""{"value":{"type":"JSON","data":1,"colour":"red"}}""", 400)]
    [InlineData("""{"value":{"type":"JSON","data":1,"data":2}}""", 400)]
    [InlineData("""{"value":{"type":"AVRO","schema":"\"string\"","data":"x"}}""", 422)]
    [InlineData("""{"value":{"schema_id":4,"data":"x"}}""", 422)]
    [InlineData("""{"colour":"red"}""", 400)]
    [InlineData("""{"value":null,"value":null}""", 400)]
    [InlineData("""{"partition_id":-1}""", 40402)]
    [InlineData("""{"partition_id":99}""", 40403)]
    [InlineData("""{"partition_id":"0"}""", 400)]
    [InlineData("""{"partition_id":2147483648}""", 400)]
    [InlineData("""{"timestamp":"yesterday"}""", 400)]
    [InlineData("""{"timestamp":"2026-01-31T12:00:00"}""", 400)]
    [InlineData("""{"timestamp":"1969-12-31T23:59:59Z"}""", 400)]
    [InlineData("""{"timestamp":-1}""", 400)]
    [InlineData("""{"timestamp":1e400}""", 400)]
    [InlineData("""{"headers":{"a":"b"}}""", 400)]
    [InlineData("""{"headers":[{"value":"AQI="}]}""", 400)]
    [InlineData("""{"headers":[{"name":"h","value":"!"}]}""", 400)]
    [InlineData("""{"headers":[{"name":1}]}""", 400)]
    [InlineData("""{"headers":["h"]}""", 400)]
    [InlineData("""[{"value":null}]""", 400)]
    public async Task A_bad_record_is_reported_and_the_next_one_goes_through(string bad, int errorCode)
    {
        var topic = $"bad-{Guid.NewGuid():N}";
        await _gateway.CreateTopicAsync(topic);

        var answer = await ProduceAsync(topic, bad + """{"value":{"type":"JSON","data":1}}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal([errorCode, 200], answer.Lines.Select(l => l.GetProperty("error_code").GetInt32()));
        Assert.Equal(["error_code", "message"], answer.Lines[0].EnumerateObject().Select(p => p.Name));
        Assert.Single(await ReadAsync(topic));
    }

    [Theory]
    [InlineData("""{"value":{"type":"JSON","data":1}}{"value":""")]
    [InlineData("""{"value":{"type":"JSON","data":1}} nonsense {"value":null}""")]
    [InlineData("""{"value":{"type":"JSON","data":1}}}""")]
    [InlineData("""{"value":{"type":"JSON","data":1}}{"value":{"type":"JSON","data":tru}}{}""")]
    public async Task Malformed_JSON_gets_one_report_of_400_and_ends_the_stream(string body)
    {
        var topic = $"malformed-{Guid.NewGuid():N}";
        await _gateway.CreateTopicAsync(topic);

        var answer = await ProduceAsync(topic, body);

        Assert.Equal([200, 400], answer.Lines.Select(l => l.GetProperty("error_code").GetInt32()));
        Assert.Single(await ReadAsync(topic));
    }

    [Fact]
    public async Task Nesting_of_ten_thousand_levels_is_a_report_of_400()
    {
        await _gateway.CreateTopicAsync("deep");

        var answer = await ProduceAsync("deep", """{"value":{"type":"JSON","data":""" + new string('[', 10_000) + new string(']', 10_000) + "}}");

        Assert.Equal(400, Assert.Single(answer.Lines).GetProperty("error_code").GetInt32());
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_a_report_of_400()
    {
        await _gateway.CreateTopicAsync("latin");
        byte[] body = [.. """{"value":{"type":"STRING","data":" """u8, 0xE9, .. "\"}}"u8];

        var answer = await ProduceAsync("latin", new ByteArrayContent(body));

        Assert.Equal(400, Assert.Single(answer.Lines).GetProperty("error_code").GetInt32());
        Assert.Empty(await ReadAsync("latin"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t ")]
    public async Task An_empty_body_answers_422_with_42206(string body)
    {
        await _gateway.CreateTopicAsync("nobody-" + body.Length);

        var answer = await ProduceAsync("nobody-" + body.Length, body);

        Assert.Equal(
            (422, 42206, "Payload error. Request body is empty. Data is required."), (answer.Status, answer.ErrorCode, answer.Message));
    }

    [Fact]
    public async Task An_unknown_topic_is_a_report_of_40403_at_once()
    {
        var answer = await ProduceAsync("no-such-topic", "{}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"error_code":40403,"message":"This server does not host this topic-partition."}""" + "\r\n", answer.Body);
    }

    [Fact]
    public async Task A_record_over_the_topics_max_message_bytes_is_a_report_of_413()
    {
        await _gateway.PostAsync(
            $"{_gateway.Cluster}/topics", """{"topic_name":"small","partitions_count":1,"configs":[{"name":"max.message.bytes","value":"1000"}]}""");

        var answer = await ProduceAsync("small", """{"value":{"type":"STRING","data":" """ + new string('x', 5000) + """ "}}{}""");

        Assert.Equal([413, 200], answer.Lines.Select(l => l.GetProperty("error_code").GetInt32()));
    }

    [Fact]
    public async Task A_record_over_the_limit_of_a_record_ends_the_stream_with_a_report()
    {
        await _gateway.CreateTopicAsync("huge");

        var answer = await ProduceAsync("huge", """{"value":{"type":"STRING","data":" """ + new string('x', 17 * 1024 * 1024) + """ "}}{}""");

        var report = Assert.Single(answer.Lines);
        Assert.Equal(400, report.GetProperty("error_code").GetInt32());
        Assert.Contains("larger than allowed threshold", report.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_arrive_in_pieces_of_any_size_are_all_stored_in_order()
    {
        await _gateway.CreateTopicAsync("pieces");
        var body = string.Concat(Enumerable.Range(0, 200).Select(
            i => $$"""{"key":{"type":"STRING","data":"{\"{{i}}"},"value":{"type":"JSON","data":{"n":{{i}},"s":"}]\\\"{{new string('é', i)}}"} } }{{(i % 3 == 0 ? "\n" : "")}}"""));

        foreach (var size in new[] { 1, 7, 100, 4096 })
        {
            var answer = await ProduceAsync("pieces", new PiecesContent(Encoding.UTF8.GetBytes(body), size));
            Assert.Equal(200, answer.Lines.Count(l => l.GetProperty("error_code").GetInt32() == 200));
        }

        var stored = await ReadAsync("pieces");
        Assert.Equal(800, stored.Count);
        Assert.Equal(Enumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0, 200)), stored.Select(r => JsonDocument.Parse(r.Value!.Value).RootElement.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task The_default_partitioner_is_Kafkas_murmur2()
    {
        await _gateway.CreateTopicAsync("murmur", 6);

        // Values of org.apache.kafka.common.utils.Utils.toPositive(murmur2(key)) % 6.
        var answer = await ProduceAsync("murmur", string.Concat(new[] { "21", "foobar", "a-little-bit-long-string", "abc" }.Select(
            key => $$$"""{"key":{"type":"STRING","data":"{{{key}}}"}}""")));

        Assert.Equal(
            new[] { -973932308, -790332482, -985981536, 479470107 }.Select(hash => (hash & 0x7fffffff) % 6),
            answer.Lines.Select(l => l.GetProperty("partition_id").GetInt32()));
    }

    private Task<Answer> ProduceAsync(string topic, string body) =>
        ProduceAsync(topic, new StringContent(body, Encoding.UTF8));

    private async Task<Answer> ProduceAsync(string topic, HttpContent content)
    {
        content.Headers.ContentType = new("application/json");
        using var request = await _gateway.RequestAsync(HttpMethod.Post, $"{_gateway.Cluster}/topics/{topic}/records", content);
        return await _gateway.SendAsync(request);
    }

    private async Task<IReadOnlyList<StoredRecord>> ReadAsync(string topic)
    {
        var cluster = _gateway.Services.GetRequiredService<ClusterDirectory>().All[0].For(new ClusterCaller("User:test"));
        var read = await cluster.ReadAsync(new TopicPartition(topic, 0), 0, 10_000, int.MaxValue, TestContext.Current.CancellationToken);
        return read.Value;
    }

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } b ? Encoding.UTF8.GetString(b.Span) : null;

    private sealed class PiecesContent(byte[] body, int size) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var at = 0; at < body.Length; at += size)
            {
                await stream.WriteAsync(body.AsMemory(at, Math.Min(size, body.Length - at)));
                if (at % 1024 < size)
                {
                    await stream.FlushAsync();
                }
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
