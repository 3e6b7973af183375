using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Dev.Demo;
using Sluice.Kafka;
using Sluice.Kafka.Embedded;
using Sluice.Testing;

namespace Sluice.Tests.Dev;

/// <summary>SIGKILL under produce load, at random moments: what was acknowledged over HTTP is on disk, exactly.</summary>
public sealed class KilledTests
{
    private const int Kills = 20;
    private const int Streams = 3;
    private const int Partitions = 3;

    [Fact]
    public async Task Every_acknowledged_record_survives_twenty_kills_at_random_moments()
    {
        var data = Directory.CreateTempSubdirectory("sluice-killed-");
        var acknowledged = new ConcurrentDictionary<TopicPartition, ConcurrentDictionary<long, string>>();
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await LoadAndKillAsync(data.FullName, kill, acknowledged);
                await VerifyAsync(data.FullName, acknowledged);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }

        Assert.True(acknowledged.Values.Sum(p => p.Count) > Kills * 100, "The load was too light to prove anything");
    }

    private static async Task LoadAndKillAsync(
        string data, int round, ConcurrentDictionary<TopicPartition, ConcurrentDictionary<long, string>> acknowledged)
    {
        await using var sluice = await SluiceProcess.StartAsync(data);
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler);
        var client = new DemoClient(http, sluice.Info);
        await client.FetchTokenAsync(TestContext.Current.CancellationToken);
        if (round == 0)
        {
            await client.CreateTopicAsync("killed", Partitions, TestContext.Current.CancellationToken);
        }

        var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var streams = Enumerable.Range(0, Streams)
            .Select(s => Task.Run(() => StreamAsync(client, $"{round}-{s}", acknowledged, underWay))).ToList();
        await underWay.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await Task.Delay(RandomNumberGenerator.GetInt32(1, 400), TestContext.Current.CancellationToken);
        await sluice.KillAsync();
        await Task.WhenAll(streams);
    }

    /// <summary>Sends until the connection breaks; keeps what each report acknowledged.</summary>
    private static async Task StreamAsync(
        DemoClient client,
        string name,
        ConcurrentDictionary<TopicPartition, ConcurrentDictionary<long, string>> acknowledged,
        TaskCompletionSource underWay)
    {
        var sent = new ConcurrentQueue<string>();
        try
        {
            await using var stream = await RecordStreamClient.OpenAsync(new Uri(client.RecordsUrl("killed")), client.StreamHeaders, CancellationToken.None);
            var sending = Task.Run(async () =>
            {
                for (var i = 0; ; i++)
                {
                    var value = $"{name}-{i}-{new string('x', i % 500)}";
                    sent.Enqueue(value);
                    await stream.SendAsync(
                        Encoding.UTF8.GetBytes($$$"""{"key":{"type":"STRING","data":"{{{i % 10}}}"},"value":{"type":"STRING","data":"{{{value}}}"}}"""),
                        CancellationToken.None);
                }
            });
            await foreach (var line in stream.ReadReportsAsync(CancellationToken.None))
            {
                using var report = JsonDocument.Parse(line);
                Assert.Equal(200, report.RootElement.GetProperty("error_code").GetInt32());
                Assert.True(sent.TryDequeue(out var value));
                var partition = new TopicPartition("killed", report.RootElement.GetProperty("partition_id").GetInt32());
                var offset = report.RootElement.GetProperty("offset").GetInt64();
                Assert.True(acknowledged.GetOrAdd(partition, _ => new()).TryAdd(offset, value), $"{partition} offset {offset} was acknowledged twice");
                underWay.TrySetResult();
            }

            await sending;
        }
        catch (Exception broken) when (broken is IOException or System.Net.Sockets.SocketException or HttpRequestException or JsonException)
        {
            // The kill, seen from the client: a report may be cut in the middle.
        }
    }

    private static async Task VerifyAsync(
        string data, ConcurrentDictionary<TopicPartition, ConcurrentDictionary<long, string>> acknowledged)
    {
        await using var cluster = await EmbeddedCluster.OpenAsync(
            new EmbeddedClusterOptions { Directory = Path.Combine(data, "cluster"), ClusterId = "lkc-dev" },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        var records = cluster.For(new ClusterCaller("User:test"));
        foreach (var (partition, expected) in acknowledged)
        {
            var stored = new Dictionary<long, string>();
            while (true)
            {
                var read = await records.ReadAsync(partition, stored.Count, 10_000, 64 * 1024 * 1024, TestContext.Current.CancellationToken);
                if (read.Value.Count == 0)
                {
                    break;
                }

                foreach (var record in read.Value)
                {
                    Assert.Equal(stored.Count, record.Offset);
                    stored.Add(record.Offset, Encoding.UTF8.GetString(record.Value!.Value.Span));
                }
            }

            foreach (var (offset, value) in expected)
            {
                Assert.True(stored.TryGetValue(offset, out var found), $"{partition} lost offset {offset}, which was acknowledged");
                Assert.Equal(value, found);
            }
        }
    }
}
