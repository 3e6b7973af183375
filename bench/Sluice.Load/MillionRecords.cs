using System.Buffers;
using System.Diagnostics;
using System.Text;
using Sluice.Dev.Demo;
using Sluice.Testing;

namespace Sluice.Load;

/// <summary>A million records through one connection: how fast, and how large the gateway grows.</summary>
internal static class MillionRecords
{
    private const int Records = 1_000_000;

    public static async Task RunAsync()
    {
        await using var sluice = await SluiceProcess.StartAsync();
        using var handler = new SocketsHttpHandler();
        using var http = new HttpClient(handler);
        var client = new DemoClient(http, sluice.Info);
        await client.FetchTokenAsync(CancellationToken.None);
        await client.CreateTopicAsync("million", 6, CancellationToken.None);

        var watch = Stopwatch.StartNew();
        await using var stream = await RecordStreamClient.OpenAsync(new Uri(client.RecordsUrl("million")), client.StreamHeaders, CancellationToken.None);
        var sending = SendAsync(stream);
        var acknowledged = 0;
        await foreach (var report in stream.ReadReportsAsync(CancellationToken.None))
        {
            acknowledged += report.Contains("\"error_code\":200", StringComparison.Ordinal) ? 1 : 0;
        }

        await sending;
        Report.Line(
            "a million streamed records",
            $"{acknowledged:N0} acknowledged in {watch.Elapsed.TotalSeconds:N1} s ({acknowledged / watch.Elapsed.TotalSeconds:N0}/s), peak {sluice.PeakMiB:N0} MiB resident");
    }

    private static async Task SendAsync(RecordStreamClient stream)
    {
        var chunk = new ArrayBufferWriter<byte>();
        for (var i = 0; i < Records; i++)
        {
            Encoding.UTF8.GetBytes(StreamedRecords.Record(i), chunk);
            if (chunk.WrittenCount > 32 * 1024 || i == Records - 1)
            {
                await stream.SendAsync(chunk.WrittenMemory, CancellationToken.None);
                chunk.ResetWrittenCount();
            }
        }

        await stream.EndAsync(CancellationToken.None);
    }
}
