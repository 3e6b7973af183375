using System.Text;
using Sluice.Kafka.Topics;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Tests.Real;

/// <summary>Other people's transactions: only a real cluster has them.</summary>
public sealed class TransactionsTests(ApacheKafkaCluster cluster) : IOnApacheKafka
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ICluster Cluster => cluster.Cluster;

    [Fact]
    public async Task Aborted_records_are_not_read_and_an_open_transaction_holds_the_last_stable_offset()
    {
        var topic = $"tx-{Guid.NewGuid():N}";
        Assert.True((await Cluster.CreateTopicAsync(new NewTopic(topic, 1, 1), Cancelled)).IsSuccess);
        using var producer = new Ck.ProducerBuilder<Ck.Null, string>(
            new Ck.ProducerConfig { BootstrapServers = ApacheKafka.Current.Plain, TransactionalId = topic }).Build();
        producer.InitTransactions(Limit);

        await SendAsync("committed");
        producer.CommitTransaction(Limit);
        await SendAsync("aborted");
        producer.AbortTransaction(Limit);
        await SendAsync("open");

        // Offsets: committed 0, its marker 1, aborted 2, its marker 3, open 4.
        Assert.Equal(5, await LatestAsync(IsolationLevel.ReadUncommitted));
        Assert.Equal(4, await LatestAsync(IsolationLevel.ReadCommitted));
        Assert.Equal(["committed"], await ReadAsync());

        producer.CommitTransaction(Limit);
        Assert.Equal(["committed", "open"], await ReadAsync());
        Assert.Equal(await LatestAsync(IsolationLevel.ReadUncommitted), await LatestAsync(IsolationLevel.ReadCommitted));

        Task SendAsync(string value)
        {
            producer.BeginTransaction();
            return producer.ProduceAsync(topic, new Ck.Message<Ck.Null, string> { Value = value }, Cancelled);
        }

        async Task<long> LatestAsync(IsolationLevel isolation) =>
            (await Cluster.ListOffsetsAsync([new(new(topic, 0), OffsetQuery.Latest)], isolation, Cancelled))[0].Value;

        async Task<string[]> ReadAsync()
        {
            var read = await Cluster.ReadAsync(new TopicPartition(topic, 0), 0, 100, 1 << 20, Cancelled);
            Assert.True(read.IsSuccess, read.Error.ToString());
            return [.. read.Value.Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span))];
        }
    }
}
