using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Sluice.Dev.Demo;
using Sluice.Testing;

namespace Sluice.Load;

/// <summary>Records/s of one stream, against a bare loop that only parses the same JSON.</summary>
internal static class StreamedRecords
{
    public const int Records = 200_000;

    public static string Record(int i) =>
        $$$"""{"key":{"type":"STRING","data":"sensor-{{{i % 1000}}}"},"value":{"type":"JSON","data":{"unit":"K","reading":{{{i}}}} }}""";

    public static async Task RunAsync()
    {
        var chunks = Chunks();
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.CreateTopicAsync("stream", 6);
        var headers = new[] { $"Authorization: Bearer {await gateway.TokenAsync()}", $"Confluent-Identity-Pool-Id: {gateway.Info.PoolId}" };
        var url = new Uri($"{gateway.Info.Url}{gateway.Cluster}/topics/stream/records");

        var ratios = new List<double>();
        var rates = new List<double>();
        for (var run = 0; run < 6; run++)
        {
            var parse = Stopwatch.StartNew();
            var parsed = chunks.Sum(Parse);
            var parseSeconds = parse.Elapsed.TotalSeconds;

            var streamSeconds = await StreamAsync(url, headers, chunks);
            if (parsed != Records)
            {
                throw new InvalidOperationException($"{parsed} of {Records} parsed");
            }

            // The first run warms up.
            if (run > 0)
            {
                rates.Add(Records / streamSeconds);
                ratios.Add(streamSeconds / parseSeconds);
            }
        }

        Report.Line("streamed records", $"{Report.Median(rates):N0}/s on one connection (durable), {Report.Median(ratios):N1} x the time of a bare Utf8JsonReader loop");
    }

    /// <summary>The records, in pieces of about 40 KB.</summary>
    public static List<byte[]> Chunks() =>
        [.. Enumerable.Range(0, Records).Chunk(400).Select(ids => Encoding.UTF8.GetBytes(string.Concat(ids.Select(Record))))];

    /// <summary>Sends all over one connection and reads every report; returns how many seconds that took.</summary>
    public static async Task<double> StreamAsync(Uri url, string[] headers, List<byte[]> chunks)
    {
        var watch = Stopwatch.StartNew();
        await using var stream = await RecordStreamClient.OpenAsync(url, headers, CancellationToken.None);
        var sending = SendAsync(stream, chunks);
        var acknowledged = 0;
        await foreach (var report in stream.ReadReportsAsync(CancellationToken.None))
        {
            acknowledged += report.Contains("\"error_code\":200", StringComparison.Ordinal) ? 1 : 0;
        }

        await sending;
        return acknowledged == Records ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{acknowledged} of {Records} acknowledged");
    }

    private static async Task SendAsync(RecordStreamClient stream, List<byte[]> chunks)
    {
        foreach (var chunk in chunks)
        {
            await stream.SendAsync(chunk, CancellationToken.None);
        }

        await stream.EndAsync(CancellationToken.None);
    }

    private static int Parse(byte[] chunk)
    {
        var records = 0;
        ReadOnlySpan<byte> rest = chunk;
        while (rest.Length > 0)
        {
            var json = new Utf8JsonReader(rest, isFinalBlock: false, default);
            do
            {
                json.Read();
            }
            while (json.CurrentDepth > 0 || json.TokenType != JsonTokenType.EndObject);

            records++;
            rest = rest[(int)json.BytesConsumed..];
        }

        return records;
    }
}
