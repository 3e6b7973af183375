using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sluice.Kafka.Records;

namespace Sluice.Kafka.Tests.Real.Faults;

/// <summary>
/// Keyed records, numbered per key, sent without a pause while brokers fail; afterwards the log is read and held against what was acknowledged.
/// </summary>
/// <param name="cluster">Where to.</param>
/// <param name="topic">With three partitions.</param>
public sealed class ProduceLoad(ICluster cluster, string topic) : IDisposable
{
    private const int Keys = 8;
    private const int InFlight = 20; // of one key
    private const int Partitions = 3;

    private readonly ConcurrentDictionary<string, DeliveryReport> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<KafkaError, int> _errors = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _senders = [];
    private int _underWay;
    private long _slowest;
    private long _slowestRefusal;
    private long _lastAcknowledged;
    private long _longestGap;

    /// <summary>Records acknowledged so far.</summary>
    public int Acknowledged => _acknowledged.Count;

    public void Start()
    {
        _lastAcknowledged = Stopwatch.GetTimestamp();
        for (var key = 0; key < Keys; key++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"key-{key}");
            _senders.Add(Task.Run(() => SendAsync(name)));
        }
    }

    /// <summary>Returns once <paramref name="more"/> further records have been acknowledged.</summary>
    public async Task ProgressAsync(int more, TimeSpan limit)
    {
        var wanted = Acknowledged + more;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit);
        while (Acknowledged < wanted)
        {
            Assert.False(
                deadline.IsCancellationRequested,
                $"No {more} records were acknowledged within {limit.TotalSeconds:0} s: {wanted - Acknowledged} are missing. Under way: {_underWay}. Refused so far: {Errors()}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends the load, reads the whole log and checks the three promises. Returns what was seen, in a line.</summary>
    public async Task<string> VerifyAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_senders);
        var stored = new Dictionary<string, (int Partition, long Offset)>(StringComparer.Ordinal);
        var last = new Dictionary<(string Key, int Partition), int>();
        for (var partition = 0; partition < Partitions; partition++)
        {
            for (var offset = 0L; ;)
            {
                var read = await cluster.ReadAsync(new TopicPartition(topic, partition), offset, 5000, 4 << 20, TestContext.Current.CancellationToken);
                Assert.True(read.IsSuccess, read.Error.ToString());
                if (read.Value.Count == 0)
                {
                    break;
                }

                foreach (var record in read.Value)
                {
                    var value = Encoding.UTF8.GetString(record.Value!.Value.Span);
                    Assert.True(stored.TryAdd(value, (partition, record.Offset)), $"{value} is stored twice.");
                    var number = int.Parse(value.Split('/')[1], CultureInfo.InvariantCulture);
                    var key = (value.Split('/')[0], partition);
                    Assert.True(number > last.GetValueOrDefault(key, -1), $"{value} comes after number {last.GetValueOrDefault(key, -1)} in partition {partition}.");
                    last[key] = number;
                }

                offset = read.Value[^1].Offset + 1;
            }
        }

        Assert.Equal(Keys, last.Count); // a key never changes its partition
        foreach (var (value, report) in _acknowledged)
        {
            Assert.True(stored.TryGetValue(value, out var place), $"{value} was acknowledged and is not stored.");
            Assert.Equal((report.Partition, report.Offset), place);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_acknowledged.Count} acknowledged, {stored.Count - _acknowledged.Count} stored without an acknowledgement; longest without one {Ms(_longestGap)} ms; slowest acknowledgement {Ms(_slowest)} ms, slowest refusal {Ms(_slowestRefusal)} ms; errors: {Errors()}");
    }

    private string Errors() => _errors.IsEmpty ? "none" : string.Join(", ", _errors.Select(e => $"{e.Key.Code} {e.Value} ({e.Key.Message})"));

    public void Dispose() => _stop.Dispose();

    private async Task SendAsync(string key)
    {
        var keyBytes = Encoding.UTF8.GetBytes(key);
        var window = new Queue<Task>();
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            window.Enqueue(OneAsync(string.Create(CultureInfo.InvariantCulture, $"{key}/{number}")));
            if (window.Count == InFlight)
            {
                await window.Dequeue();
                await Task.Delay(1);
            }
        }

        await Task.WhenAll(window);

        Task OneAsync(string value)
        {
            var began = Stopwatch.GetTimestamp();
            var report = cluster.ProduceAsync(
                new RecordToProduce { Topic = topic, HasKey = true, Key = keyBytes, HasValue = true, Value = Encoding.UTF8.GetBytes(value) });
            return NoteAsync(report, value, began);
        }
    }

    private async Task NoteAsync(ValueTask<DeliveryReport> pending, string value, long began)
    {
        Interlocked.Increment(ref _underWay);
        var report = await pending;
        Interlocked.Decrement(ref _underWay);
        var now = Stopwatch.GetTimestamp();
        if (report.IsSuccess)
        {
            Max(ref _slowest, now - began);
            Max(ref _longestGap, now - Interlocked.Exchange(ref _lastAcknowledged, now));
            _acknowledged[value] = report;
            return;
        }

        Max(ref _slowestRefusal, now - began);
        _errors.AddOrUpdate(report.Error, 1, static (_, n) => n + 1);
        await Task.Delay(20);
    }

    private static void Max(ref long field, long value)
    {
        for (var seen = Volatile.Read(ref field); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref field, value, seen);
        }
    }

    private static long Ms(long ticks) => ticks * 1000 / Stopwatch.Frequency;
}
