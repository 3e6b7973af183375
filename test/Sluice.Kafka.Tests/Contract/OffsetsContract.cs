using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Tests.Contract;

public abstract class OffsetsContract(ContractCluster cluster) : ClusterContract(cluster)
{
    private const long Minute = 60_000;

    [Fact]
    public async Task Earliest_and_latest_bound_the_log()
    {
        var topic = await CreateTopicAsync(2);
        await ProduceAsync(topic, null, "v", partition: 1);
        await ProduceAsync(topic, null, "v", partition: 1);

        var offsets = await ListAsync(
            new OffsetQuery(new(topic, 0), OffsetQuery.Earliest), new(new(topic, 0), OffsetQuery.Latest),
            new(new(topic, 1), OffsetQuery.Earliest), new(new(topic, 1), OffsetQuery.Latest));
        Assert.Equal([0, 0, 0, 2], offsets.Select(offset => offset.Value));
    }

    [Fact]
    public async Task A_timestamp_gives_the_first_record_at_or_after_it()
    {
        var topic = await CreateTopicAsync();
        var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (60 * Minute);
        for (var i = 0; i < 5; i++)
        {
            await ProduceAsync(topic, null, "v", partition: 0, timestamp: start + (i * Minute));
        }

        var offsets = await ListAsync(
            new OffsetQuery(new(topic, 0), 0), new(new(topic, 0), start + Minute), new(new(topic, 0), start + Minute + 1),
            new(new(topic, 0), start + (4 * Minute) + 1));
        Assert.Equal([0, 1, 2, -1], offsets.Select(offset => offset.Value));
    }

    [Fact]
    public async Task Each_query_has_its_own_result()
    {
        var topic = await CreateTopicAsync();
        var offsets = await ListAsync(
            new OffsetQuery(new(NewName(), 0), OffsetQuery.Latest), new(new(topic, 0), OffsetQuery.Latest), new(new(topic, 1), OffsetQuery.Latest));
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, offsets[0]);
        Assert.Equal(0, offsets[1].Value);
        AssertError(KafkaErrorCode.UnknownTopicOrPartition, offsets[2]);
    }

    private Task<IReadOnlyList<KafkaResult<long>>> ListAsync(params OffsetQuery[] queries) =>
        Cluster.ListOffsetsAsync(queries, IsolationLevel.ReadUncommitted, Cancelled);
}
