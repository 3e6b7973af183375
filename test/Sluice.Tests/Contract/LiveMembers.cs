using Confluent.Kafka;
using Sluice.Kafka.Groups;
using Sluice.Tests.Brokers.Members;

namespace Sluice.Tests.Contract;

/// <summary>One live member of each kind of group on a real cluster, all reading one topic.</summary>
internal sealed class LiveMembers : IAsyncDisposable
{
    private readonly IConsumer<Ignore, Ignore> _consumer;

    private LiveMembers(IConsumer<Ignore, Ignore> consumer, string group, LiveShareMember share, LiveStreamsMember streams) =>
        (_consumer, ConsumerGroup, Share, Streams) = (consumer, group, share, streams);

    public string ConsumerGroup { get; }

    public string ConsumerId => _consumer.MemberId;

    public LiveShareMember Share { get; }

    public LiveStreamsMember Streams { get; }

    public static async Task<LiveMembers> JoinAsync(string bootstrap, string topic, string name)
    {
        var consumer = await ConsumeAsync(bootstrap, topic, name + "-consumers");
        var share = await LiveShareMember.JoinAsync(bootstrap, "sharer", name + "-sharers", topic);
        var topology = new StreamsTopology(1, [new StreamsSubtopology("0", [topic])], "process-1");
        var streams = await LiveStreamsMember.JoinAsync(bootstrap, "streamer", name + "-streamers", topology);
        return new LiveMembers(consumer, name + "-consumers", share, streams);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Run(_consumer.Close);
        _consumer.Dispose();
        await Share.DisposeAsync();
        await Streams.DisposeAsync();
    }

    private static async Task<IConsumer<Ignore, Ignore>> ConsumeAsync(string bootstrap, string topic, string group)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = group,
            EnableAutoCommit = false,
            GroupProtocol = GroupProtocol.Consumer,
            MaxPollIntervalMs = 3_600_000, // nobody polls it again
        };
        var consumer = new ConsumerBuilder<Ignore, Ignore>(config).Build();
        consumer.Subscribe(topic);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (consumer.Assignment.Count == 0)
        {
            await Task.Run(() => consumer.Consume(TimeSpan.FromMilliseconds(100)), deadline.Token);
        }

        consumer.Commit([new TopicPartitionOffset(topic, 0, 0)]);
        return consumer;
    }
}
