using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Sluice.Dev.Demo;

/// <summary>The tour that <c>sluice demo</c> gives: each step over HTTP, with what it did and how long it took.</summary>
internal sealed class DemoTour(IAnsiConsole console, HttpClient http, DevInfo dev, int records)
{
    private const int Partitions = 6;
    private const string Topic = "demo";
    private readonly DemoClient _client = new(http, dev);

    /// <returns>True when every step did what it should.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var lifetime = await _client.FetchTokenAsync(cancellationToken);
        Said("token", $"from {dev.OktaTokenUrl}, good for {lifetime} s", watch);

        watch.Restart();
        await _client.CreateTopicAsync(Topic, Partitions, cancellationToken);
        Said("topic", $"{Topic} with {Partitions} partitions", watch);

        watch.Restart();
        var acknowledged = await ProduceAsync(cancellationToken);
        var rate = acknowledged / watch.Elapsed.TotalSeconds;
        Said("records", string.Create(CultureInfo.InvariantCulture, $"{acknowledged:N0} of {records:N0} streamed over one connection are on disk: {rate:N0} records/s"), watch);

        watch.Restart();
        var stored = await StoredAsync(cancellationToken);
        Said("offsets", string.Create(CultureInfo.InvariantCulture, $"read back: {stored:N0} records in {Partitions} partitions"), watch);

        var forged = await RefusedAsync("forged token", _client.TryForgedTokenAsync(cancellationToken), 401);
        var otherPool = await RefusedAsync("wrong pool", _client.TryOtherPoolAsync(cancellationToken), 403);
        return acknowledged == records && stored == records && forged && otherPool;
    }

    private async Task<int> ProduceAsync(CancellationToken cancellationToken)
    {
        var acknowledged = 0;
        await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("records", maxValue: records);
                await using var stream = await RecordStreamClient.OpenAsync(new Uri(_client.RecordsUrl(Topic)), _client.StreamHeaders, cancellationToken);
                var sending = SendAsync(stream, cancellationToken);
                await foreach (var report in stream.ReadReportsAsync(cancellationToken))
                {
                    acknowledged += report.Contains("\"error_code\":200", StringComparison.Ordinal) ? 1 : 0;
                    bar.Increment(1);
                }

                await sending;
            });
        return acknowledged;
    }

    private async Task SendAsync(RecordStreamClient stream, CancellationToken cancellationToken)
    {
        var chunk = new ArrayBufferWriter<byte>();
        for (var i = 0; i < records; i++)
        {
            Encoding.UTF8.GetBytes(
                $$"""{"key":{"type":"STRING","data":"sensor-{{i % 100}}"},"value":{"type":"JSON","data":{"reading":{{i}} } } }""", chunk);
            if (chunk.WrittenCount > 16 * 1024 || i == records - 1)
            {
                await stream.SendAsync(chunk.WrittenMemory, cancellationToken);
                chunk.ResetWrittenCount();
            }
        }

        await stream.EndAsync(cancellationToken);
    }

    private async Task<long> StoredAsync(CancellationToken cancellationToken)
    {
        var stored = 0L;
        for (var partition = 0; partition < Partitions; partition++)
        {
            var (earliest, latest) = await _client.OffsetsAsync(Topic, partition, cancellationToken);
            stored += latest - earliest;
        }

        return stored;
    }

    private async Task<bool> RefusedAsync(string what, Task<(int Status, string Challenge, string Body)> attempt, int expected)
    {
        var (status, challenge, body) = await attempt;
        console.MarkupLineInterpolated($"[yellow]refused[/]  {what}: {status} {body}");
        console.MarkupLineInterpolated($"         [grey]WWW-Authenticate: {challenge}[/]");
        return status == expected;
    }

    private void Said(string what, string detail, Stopwatch watch) =>
        console.MarkupLineInterpolated($"[green]{what,-8}[/] {detail} [grey]({watch.Elapsed.TotalMilliseconds:N0} ms)[/]");
}
