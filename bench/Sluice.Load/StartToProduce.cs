using System.Diagnostics;
using Sluice.Dev.Demo;
using Sluice.Testing;

namespace Sluice.Load;

/// <summary>From process start to the first record on disk, as a user has it: token, topic, record over HTTP.</summary>
internal static class StartToProduce
{
    public static async Task RunAsync()
    {
        var times = new List<double>();
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            await using var sluice = await SluiceProcess.StartAsync();
            using var handler = new SocketsHttpHandler();
            using var http = new HttpClient(handler);
            var client = new DemoClient(http, sluice.Info);
            await client.FetchTokenAsync(CancellationToken.None);
            await client.CreateTopicAsync("first", 1, CancellationToken.None);
            await using var stream = await RecordStreamClient.OpenAsync(new Uri(client.RecordsUrl("first")), client.StreamHeaders, CancellationToken.None);
            await stream.SendAsync("{}"u8.ToArray(), CancellationToken.None);
            await stream.EndAsync(CancellationToken.None);
            await foreach (var report in stream.ReadReportsAsync(CancellationToken.None))
            {
                if (!report.Contains("\"error_code\":200", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(report);
                }
            }

            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Report.Line("start to first produce", $"median {Report.Median(times):N0} ms of {times.Count} (min {times.Min():N0}, max {times.Max():N0})");
    }
}
