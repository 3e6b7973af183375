using System.Text;

using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Tests.Contract;

/// <summary>What every contract class has at hand.</summary>
public abstract class ClusterContract(ContractCluster cluster)
{
    protected ICluster Cluster => cluster.Cluster;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected static string NewName(string prefix = "t") => $"{prefix}-{Guid.NewGuid():N}";

    protected async Task<string> CreateTopicAsync(int partitions = 1, params (string Name, string Value)[] configs)
    {
        var name = NewName();
        var created = await Cluster.CreateTopicAsync(
            new NewTopic(name, partitions, 1, [.. configs.Select(config => KeyValuePair.Create(config.Name, (string?)config.Value))]), Cancelled);
        Assert.True(created.IsSuccess, created.Error.ToString());

        // Brokers hear of a new topic a moment after the controller made it.
        await EventuallyAsync(async () =>
            (await Cluster.DescribeTopicAsync(name, false, Cancelled)).TryGet(out var topic, out _)
            && topic.Partitions.Count == partitions && topic.Partitions.All(partition => partition.Leader is not null));
        return name;
    }

    protected Task<DeliveryReport> ProduceAsync(
        string topic, string? key, string? value, int? partition = null, long? timestamp = null, params RecordHeader[] headers) =>
        Cluster.ProduceAsync(new RecordToProduce
        {
            Topic = topic,
            Partition = partition,
            HasKey = key is not null,
            Key = Encoding.UTF8.GetBytes(key ?? ""),
            HasValue = value is not null,
            Value = Encoding.UTF8.GetBytes(value ?? ""),
            Headers = headers,
            Timestamp = timestamp,
        }).AsTask();

    protected async Task<IReadOnlyList<StoredRecord>> ReadAllAsync(string topic, int partition = 0, long offset = 0)
    {
        var all = new List<StoredRecord>();
        while (true)
        {
            var read = await Cluster.ReadAsync(new(topic, partition), offset, 1000, 1 << 20, Cancelled);
            Assert.True(read.IsSuccess, read.Error.ToString());
            if (read.Value.Count == 0)
            {
                return all;
            }

            all.AddRange(read.Value);
            offset = read.Value[^1].Offset + 1;
        }
    }

    /// <summary>For what a distributed cluster does in its own time.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(15));
        while (!await holds())
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    protected static void AssertError<T>(KafkaErrorCode code, KafkaResult<T> result) => Assert.Equal(code, result.Error.Code);

    protected static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.UTF8.GetString(some.Span) : null;
}
