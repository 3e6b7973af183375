using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;
using Sluice.Testing.Kafka;

namespace Sluice.Kafka.Tests.Real;

public sealed class OutageTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_that_is_not_there_is_reported_within_two_seconds()
    {
        await using var connection = ApacheKafka.ConnectAsShipped("127.0.0.1:1");
        Assert.Null(connection.ClusterId);
        await AssertUnavailableAsync(connection.For(new ClusterCaller("User:x")), "127.0.0.1:1 (connection refused)");
    }

    [Fact]
    public async Task A_paused_and_a_killed_broker_are_reported_within_two_seconds_and_come_back_by_themselves()
    {
        var wanted = new RealKafkaOptions { NeedsLauncher = true };
        ApacheKafka.SkipWithout(wanted);
        await using var kafka = await RealKafka.StartAsync(wanted);
        await using var connection = ApacheKafka.ConnectAsShipped(kafka.Plain);
        var cluster = connection.For(new ClusterCaller("User:x"));
        await using (var patient = ApacheKafka.Connect(kafka.Plain))
        {
            Assert.True((await patient.For(new ClusterCaller("User:x")).CreateTopicAsync(new NewTopic("t", 1, 1), Cancelled)).IsSuccess);
        }

        await AssertBackAsync(cluster);
        await kafka.PauseAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancelled); // what was heard a second ago counts as a sign of life
        await AssertUnavailableAsync(cluster, kafka.Plain);
        await kafka.ResumeAsync();
        await AssertBackAsync(cluster);

        await kafka.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.1), Cancelled);
        await AssertUnavailableAsync(cluster, kafka.Plain);
        await kafka.UpAsync();
        await AssertBackAsync(cluster);
    }

    private static async Task AssertUnavailableAsync(ICluster cluster, string message)
    {
        await Promptly.WithinAsync(Limit, () => cluster.DescribeClusterAsync(Cancelled), described =>
        {
            Assert.Equal(KafkaErrorCode.LocalBrokerUnavailable, described.Error.Code);
            Assert.Contains(message, described.Error.Message);
        });
        await Promptly.WithinAsync(Limit, () => ProduceAsync(cluster), report => Assert.Equal(KafkaErrorCode.LocalBrokerUnavailable, report.Error.Code));
    }

    private static async Task AssertBackAsync(ICluster cluster)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await ProduceAsync(cluster)).IsSuccess || !(await cluster.DescribeClusterAsync(Cancelled)).IsSuccess)
        {
            await Task.Delay(50, deadline.Token);
        }
    }

    private static Task<DeliveryReport> ProduceAsync(ICluster cluster) =>
        cluster.ProduceAsync(new RecordToProduce { Topic = "t", HasValue = true, Value = "v"u8 }).AsTask();
}
