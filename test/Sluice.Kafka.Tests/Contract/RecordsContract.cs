using System.Text;

using Sluice.Kafka.Records;

namespace Sluice.Kafka.Tests.Contract;

public abstract class RecordsContract(ContractCluster cluster) : ClusterContract(cluster)
{
    [Fact]
    public async Task A_record_is_read_back_as_it_was_sent()
    {
        var topic = await CreateTopicAsync();
        var timestamp = DateTimeOffset.Parse("2026-01-02T03:04:05.678Z").ToUnixTimeMilliseconds();
        RecordHeader[] headers =
        [
            new("a", "1"u8.ToArray()), new("a", "2"u8.ToArray()), new("", Array.Empty<byte>()), new("ü", null),
        ];

        var report = await ProduceAsync(topic, "key", "value", partition: 0, timestamp, headers);

        Assert.Equal(new DeliveryReport(default, 0, 0, timestamp), report);
        var record = Assert.Single(await ReadAllAsync(topic));
        Assert.Equal((0, 0L, timestamp, TimestampType.CreateTime), (record.Partition, record.Offset, record.Timestamp, record.TimestampType));
        Assert.Equal("key", Text(record.Key));
        Assert.Equal("value", Text(record.Value));
        Assert.Equal(headers.Select(header => (header.Name, Text(header.Value))), record.Headers.Select(header => (header.Name, Text(header.Value))));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("k", null)]
    [InlineData(null, "v")]
    public async Task Null_and_empty_are_two_things(string? key, string? value)
    {
        var topic = await CreateTopicAsync();
        Assert.True((await ProduceAsync(topic, key, value)).IsSuccess);
        var record = Assert.Single(await ReadAllAsync(topic));
        Assert.Equal(key, Text(record.Key));
        Assert.Equal(value, Text(record.Value));
        Assert.Empty(record.Headers);
    }

    [Fact]
    public async Task Records_sent_one_after_the_other_keep_their_order_and_get_offsets_without_gaps()
    {
        var topic = await CreateTopicAsync();
        var reports = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => ProduceAsync(topic, null, $"{i}", partition: 0)));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), reports.Select(report => report.Offset));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), (await ReadAllAsync(topic)).Select(record => Text(record.Value)));
    }

    [Fact]
    public async Task A_record_without_a_timestamp_gets_the_time_now()
    {
        var topic = await CreateTopicAsync();
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var report = await ProduceAsync(topic, null, "v");
        var after = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.InRange(report.Timestamp, before, after);
        Assert.Equal(report.Timestamp, Assert.Single(await ReadAllAsync(topic)).Timestamp);
    }

    [Fact]
    public async Task A_topic_with_log_append_time_replaces_the_timestamp()
    {
        var topic = await CreateTopicAsync(1, ("message.timestamp.type", "LogAppendTime"));
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var report = await ProduceAsync(topic, null, "v", timestamp: 1000);
        Assert.True(report.Timestamp >= before, $"{report}");
        var record = Assert.Single(await ReadAllAsync(topic));
        Assert.Equal((report.Timestamp, TimestampType.LogAppendTime), (record.Timestamp, record.TimestampType));
    }

    // From Kafka's own partitioner: Utils.toPositive(Utils.murmur2(key)) % 7.
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public async Task A_key_goes_where_Kafkas_default_partitioner_puts_it(string key, int murmur2)
    {
        var topic = await CreateTopicAsync(7);
        Assert.Equal((murmur2 & int.MaxValue) % 7, (await ProduceAsync(topic, key, "v")).Partition);
    }

    [Fact]
    public async Task Records_without_a_key_are_spread_over_the_partitions()
    {
        var topic = await CreateTopicAsync(3);
        var value = new string('x', 5_000);
        var used = new HashSet<int>();
        for (var i = 0; i < 200 && used.Count < 3; i++)
        {
            used.Add((await ProduceAsync(topic, null, value)).Partition);
        }

        Assert.Equal(3, used.Count);
    }

    [Fact]
    public async Task An_unknown_topic_or_partition_is_refused_quickly()
    {
        var topic = await CreateTopicAsync(2);
        var elapsed = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(KafkaErrorCode.UnknownTopicOrPartition, (await ProduceAsync(NewName(), null, "v")).Error.Code);
        Assert.Equal(KafkaErrorCode.UnknownTopicOrPartition, (await ProduceAsync(topic, null, "v", partition: 2)).Error.Code);
        Assert.Equal(KafkaErrorCode.UnknownTopicOrPartition, (await ProduceAsync(topic, null, "v", partition: -1)).Error.Code);
        Assert.InRange(elapsed.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal(KafkaErrorCode.InvalidTopic, (await ProduceAsync("no topic", null, "v")).Error.Code);
    }

    [Fact]
    public async Task A_record_larger_than_max_message_bytes_is_refused_and_the_next_one_goes_through()
    {
        var topic = await CreateTopicAsync(1, ("max.message.bytes", "2000"));
        Assert.Equal(KafkaErrorCode.MessageTooLarge, (await ProduceAsync(topic, null, new string('x', 2000))).Error.Code);
        Assert.True((await ProduceAsync(topic, null, new string('x', 1800))).IsSuccess);
    }

    [Fact]
    public async Task A_compacted_topic_wants_keys()
    {
        var topic = await CreateTopicAsync(1, ("cleanup.policy", "compact"));
        Assert.Equal(KafkaErrorCode.InvalidRecord, (await ProduceAsync(topic, null, "v")).Error.Code);
        Assert.True((await ProduceAsync(topic, "k", "v")).IsSuccess);
    }

    [Fact]
    public async Task A_timestamp_further_ahead_than_allowed_is_refused()
    {
        var topic = await CreateTopicAsync();
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        Assert.Equal(KafkaErrorCode.InvalidTimestamp, (await ProduceAsync(topic, null, "v", timestamp: tomorrow)).Error.Code);
    }

    [Fact]
    public async Task Reading_starts_anywhere_and_stops_at_its_limits()
    {
        var topic = await CreateTopicAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => ProduceAsync(topic, null, $"{i:00}" + new string('x', 98), partition: 0)));

        Assert.Equal([17L, 18L, 19L], await OffsetsAsync(17, 3, 1 << 20));
        Assert.Equal([49L], await OffsetsAsync(49, 100, 1 << 20));
        Assert.Empty(await OffsetsAsync(50, 100, 1 << 20));
        Assert.Equal([5L], await OffsetsAsync(5, 100, 1));
        Assert.InRange((await OffsetsAsync(0, 100, 1000)).Count, 5, 15);

        async Task<IReadOnlyList<long>> OffsetsAsync(long offset, int maxRecords, int maxBytes) =>
            [.. (await Cluster.ReadAsync(new(topic, 0), offset, maxRecords, maxBytes, Cancelled)).Value.Select(record => record.Offset)];
    }

    [Fact]
    public async Task Reading_outside_the_log_is_out_of_range()
    {
        var topic = await CreateTopicAsync();
        await ProduceAsync(topic, null, "v");
        AssertError(KafkaErrorCode.OffsetOutOfRange, await Cluster.ReadAsync(new(topic, 0), 2, 1, 1, Cancelled));
        AssertError(KafkaErrorCode.OffsetOutOfRange, await Cluster.ReadAsync(new(topic, 0), -1, 1, 1, Cancelled));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.ReadAsync(new(topic, 1), 0, 1, 1, Cancelled));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, await Cluster.ReadAsync(new(NewName(), 0), 0, 1, 1, Cancelled));
    }

    [Fact]
    public async Task The_callers_memory_is_free_once_produce_has_returned()
    {
        var topic = await CreateTopicAsync();
        var value = Encoding.UTF8.GetBytes("original");
        var pending = Cluster.ProduceAsync(new RecordToProduce { Topic = topic, HasValue = true, Value = value });
        value.AsSpan().Fill((byte)'!');
        Assert.True((await pending).IsSuccess);
        Assert.Equal("original", Text(Assert.Single(await ReadAllAsync(topic)).Value));
    }
}
