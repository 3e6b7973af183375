using System.Diagnostics;
using System.Text;

using Sluice.Kafka.Embedded;
using Sluice.Kafka.Records;

namespace Sluice.Kafka.Tests.Embedded;

public sealed class CrashTests : IDisposable
{
    private const int Kills = 20;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_acknowledged_record_survives_twenty_kills_at_random_moments_exactly_as_acknowledged()
    {
        var acknowledged = new Dictionary<(int Partition, long Offset), (long Timestamp, string Key)>();
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var (place, record) in await ProduceUntilKilledAsync(kill))
            {
                Assert.True(acknowledged.TryAdd(place, record), $"{place} was given out twice");
            }

            await VerifyAsync(acknowledged);
        }

        Assert.True(acknowledged.Count > 10 * Kills, $"only {acknowledged.Count} records were acknowledged");
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} acknowledged records survived {Kills} kills");
    }

    private async Task<List<((int, long), (long, string))>> ProduceUntilKilledAsync(int run)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sluice.Kafka.Crash.dll"), _directory.Path, $"{run}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(Cancelled);
        var lines = new List<string>();

        // The moment is counted in acknowledgements, so that it lies under load on any machine.
#pragma warning disable CA5394 // Not a matter of security.
        var killAfter = Random.Shared.Next(1, 3000);
#pragma warning restore CA5394
        while (await process.StandardOutput.ReadLineAsync(Cancelled) is { } line)
        {
            lines.Add(line);
            if (lines.Count == killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(Cancelled);
        Assert.True(lines.Count >= killAfter, await complaints);

        // The pipe may end inside a line.
        return [.. lines.Select(line => line.Split('\t')).Where((parts, i) => i < lines.Count - 1 && parts.Length == 4)
            .Select(parts => ((int.Parse(parts[0]), long.Parse(parts[1])), (long.Parse(parts[2]), parts[3])))];
    }

    private async Task VerifyAsync(Dictionary<(int Partition, long Offset), (long Timestamp, string Key)> acknowledged)
    {
        await using var connection = await EmbeddedCluster.OpenAsync(new() { Directory = _directory.Path }, TimeProvider.System);
        var cluster = connection.For(new("User:test"));
        var found = 0;
        for (var partition = 0; partition < 3; partition++)
        {
            var next = 0L;
            while ((await cluster.ReadAsync(new("t", partition), next, 5000, 1 << 22, Cancelled)).Value is { Count: > 0 } records)
            {
                foreach (var record in records)
                {
                    Assert.Equal(next++, record.Offset);
                    AssertWhole(record);
                    if (acknowledged.TryGetValue((partition, record.Offset), out var expected))
                    {
                        Assert.Equal(expected, (record.Timestamp, Text(record.Key)));
                        found++;
                    }
                }
            }
        }

        Assert.Equal(acknowledged.Count, found);
    }

    private static void AssertWhole(StoredRecord record)
    {
        var key = Text(record.Key);
        Assert.Equal(string.Concat(Enumerable.Repeat(key, 20)), Text(record.Value));
        var header = Assert.Single(record.Headers);
        Assert.Equal(("key", key), (header.Name, Text(header.Value)));
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
