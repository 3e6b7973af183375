using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Cli.Output;
using Sluice.Dev.Demo;
using Spectre.Console;

namespace Sluice.Cli.Demo;

/// <summary>The tour that <c>sluice demo</c> gives: each step over HTTP, with what it did and how long it took.</summary>
internal sealed class DemoTour(CommandIo io, HttpClient http, DemoTarget target, string topic, int records)
{
    private const int Partitions = 6;
    private readonly DemoClient _client = new(http, target);
    private readonly Stopwatch _step = new();

    /// <param name="keepTopic">False: the topic is deleted in the end.</param>
    /// <param name="cancellationToken">Ends the tour.</param>
    /// <returns>True when every step did what it should.</returns>
    public async Task<bool> RunAsync(bool keepTopic, CancellationToken cancellationToken)
    {
        var whole = Stopwatch.StartNew();
        _step.Restart();
        var lifetime = await _client.FetchTokenAsync(cancellationToken);
        Said("token", $"from {target.TokenUrl}{(lifetime > 0 ? $", good for {lifetime} s" : "")}");

        await _client.FindClusterAsync(cancellationToken);
        await _client.CreateTopicAsync(topic, Partitions, cancellationToken);
        try
        {
            Said("topic", $"{topic} with {Partitions} partitions on {_client.ClusterId}");

            var acknowledged = await ProduceAsync(cancellationToken);
            var (seconds, rate) = (_step.Elapsed.TotalSeconds, acknowledged / _step.Elapsed.TotalSeconds);
            Said("records", string.Create(CultureInfo.InvariantCulture, $"{acknowledged:N0} of {records:N0} streamed over one connection are stored: {rate:N0} records/s"));

            var stored = await StoredAsync(cancellationToken);
            Said("offsets", string.Create(CultureInfo.InvariantCulture, $"read back: {stored:N0} records in {Partitions} partitions"));

            var forged = Refused("forged token", await _client.TryForgedTokenAsync(cancellationToken), 401);
            var otherPool = Refused("wrong pool", await _client.TryOtherPoolAsync(cancellationToken), 403);
            var ok = acknowledged == records && stored == records && forged && otherPool;
            io.Console.Markup(ok ? "[bold green]done[/]    " : "[bold red]failed[/]  ");
            io.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $" {records:N0} records in {seconds:N1} s, the whole tour in {whole.Elapsed.TotalSeconds:N1} s"));
            return ok;
        }
        finally
        {
            if (!keepTopic)
            {
                await _client.DeleteTopicAsync(topic, CancellationToken.None);
            }
        }
    }

    private async Task<int> ProduceAsync(CancellationToken cancellationToken)
    {
        if (!io.OutIsTerminal)
        {
            return await StreamAsync(static () => { }, cancellationToken);
        }

        return await io.Console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("records", maxValue: records);
                return await StreamAsync(() => bar.Increment(1), cancellationToken);
            });
    }

    private async Task<int> StreamAsync(Action reported, CancellationToken cancellationToken)
    {
        var acknowledged = 0;
        await using var stream = await RecordStreamClient.OpenAsync(
            new Uri(_client.RecordsUrl(topic)), _client.StreamHeaders, cancellationToken, target.Trust);
        var sending = SendAsync(stream, cancellationToken);
        await foreach (var report in stream.ReadReportsAsync(cancellationToken))
        {
            acknowledged += report.Contains("\"error_code\":200", StringComparison.Ordinal) ? 1 : 0;
            reported();
        }

        await sending;
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
            var (earliest, latest) = await _client.OffsetsAsync(topic, partition, cancellationToken);
            stored += latest - earliest;
        }

        return stored;
    }

    private bool Refused(string what, DemoRefusal refusal, int expected)
    {
        var ok = refusal.Status == expected;
        io.Console.Markup(ok ? "[yellow]refused[/] " : "[red]NOT SO[/]  ");
        io.Out.WriteLine($" {what}: {refusal.Status} {Message(refusal.Body)}");
        Detail("answer", refusal.Body);
        Detail("WWW-Authenticate", refusal.Challenge);
        if (refusal.Why.Length > 0)
        {
            Detail("why", refusal.Why);
        }

        return ok;

        void Detail(string name, string text)
        {
            io.Console.Markup($"         [grey]{name}:[/] ");
            io.Out.WriteLine(PrintableText.Of(text));
        }
    }

    private static string Message(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return PrintableText.Of(JsonPointer.Text(json.RootElement, "/message"));
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private void Said(string what, string detail)
    {
        io.Console.Markup($"[green]{what,-8}[/] ");
        io.Out.Write(detail);
        io.Console.MarkupLineInterpolated($" [grey]({_step.Elapsed.TotalMilliseconds:N0} ms)[/]");
        _step.Restart();
    }
}
