using System.Text;

using Microsoft.Extensions.Time.Testing;

using Sluice.Kafka.Embedded;
using Sluice.Kafka.Records;
using Sluice.Kafka.Topics;

namespace Sluice.Kafka.Tests.Embedded;

public sealed class CleanupTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-24T00:00:00Z"));
    private EmbeddedCluster _connection = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ICluster Cluster => _connection.For(new("User:test"));

    public async ValueTask InitializeAsync() => _connection = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Records_past_their_time_go_and_the_next_offset_stays_across_a_restart()
    {
        await CreateAsync(("retention.ms", "60000"));
        await ProduceAsync("k", "old");
        _time.Advance(TimeSpan.FromSeconds(45));
        await ProduceAsync("k", "young");
        await CleanUntilAsync(offsets => offsets is [1]);

        _time.Advance(TimeSpan.FromMinutes(2));
        await CleanUntilAsync(offsets => offsets is []);
        await _connection.DisposeAsync();
        _connection = await OpenAsync();
        Assert.Equal(2, (await ProduceAsync("k", "new")).Offset);
        Assert.Equal(2, (await Cluster.ListOffsetsAsync([new(new("t", 0), OffsetQuery.Earliest)], IsolationLevel.ReadUncommitted, Cancelled))[0].Value);
    }

    [Fact]
    public async Task A_log_over_its_size_loses_its_oldest_records()
    {
        await CreateAsync(("retention.bytes", "5000"), ("retention.ms", "-1"));
        for (var i = 0; i < 10; i++)
        {
            await ProduceAsync("k", new string('x', 1000));
        }

        await CleanUntilAsync(offsets => offsets is [6, 7, 8, 9]);
    }

    [Fact]
    public async Task Compaction_keeps_the_last_record_of_each_key_with_its_offset()
    {
        await CreateAsync(("cleanup.policy", "compact"));
        foreach (var (key, value) in new[] { ("a", "1"), ("b", "1"), ("a", "2"), ("c", "1"), ("a", "3"), ("b", null) })
        {
            await ProduceAsync(key, value);
        }

        await CleanUntilAsync(offsets => offsets is [3, 4, 5]);
        _time.Advance(TimeSpan.FromDays(2));
        await CleanUntilAsync(offsets => offsets is [3, 4]);
        Assert.Equal(6, (await ProduceAsync("a", "4")).Offset);
    }

    private Task<EmbeddedCluster> OpenAsync() => EmbeddedCluster.OpenAsync(new() { Directory = _directory.Path, CleanupInterval = Interval }, _time);

    private async Task CreateAsync(params (string Name, string Value)[] configs) => Assert.True((await Cluster.CreateTopicAsync(
        new NewTopic("t", 1, 1, [.. configs.Select(config => KeyValuePair.Create(config.Name, (string?)config.Value))]), Cancelled)).IsSuccess);

    private Task<DeliveryReport> ProduceAsync(string key, string? value) => Cluster.ProduceAsync(new RecordToProduce
    {
        Topic = "t",
        HasKey = true,
        Key = Encoding.UTF8.GetBytes(key),
        HasValue = value is not null,
        Value = Encoding.UTF8.GetBytes(value ?? ""),
    }).AsTask();

    private async Task CleanUntilAsync(Func<long[], bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(15));
        _time.Advance(Interval);
        while (true)
        {
            var start = (await Cluster.ListOffsetsAsync([new(new("t", 0), OffsetQuery.Earliest)], IsolationLevel.ReadUncommitted, Cancelled))[0].Value;
            var read = await Cluster.ReadAsync(new("t", 0), start, 1000, 1 << 20, deadline.Token);
            if (read.IsSuccess && holds([.. read.Value.Select(record => record.Offset)]))
            {
                return;
            }

            await Task.Delay(10, deadline.Token);
        }
    }
}
