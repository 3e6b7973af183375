using System.Diagnostics;
using Sluice.State.Logs;

namespace Sluice.State.Tests;

public sealed class CrashTests
{
    private const int Kills = 50;

    [Fact]
    public async Task Killed_fifty_times_under_a_load_of_changes_the_state_is_whole_and_lacks_nothing_acknowledged()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL.");
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        var random = new Random(1);
        for (var kill = 1; kill <= Kills; kill++)
        {
            acknowledged.AddRange(await WriteUntilKilledAsync(folder.StateFile, random.Next(1, 60)));
            await using var store = await StateStore.OpenAsync(SqliteChangeLog.Open(folder.StateFile), [], TimeProvider.System);
            AssertWhole(store.Current);
        }

        await using var last = await StateStore.OpenAsync(SqliteChangeLog.Open(folder.StateFile), [], TimeProvider.System);
        Assert.All(acknowledged, id => Assert.True(last.Current.ServiceAccounts.ContainsKey(id), $"{id} was acknowledged and is lost."));
        var history = await last.ReadHistoryAsync(new HistoryQuery(0, int.MaxValue), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(i => (long)i), history.Select(r => r.Version));
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {acknowledged.Count} acknowledged, {last.Current.ServiceAccounts.Count} kept");
        Assert.True(acknowledged.Count > Kills, "The load was too light to mean anything.");
    }

    // Both halves of each change or neither.
    private static void AssertWhole(GatewayState state)
    {
        Assert.Equal(state.ServiceAccounts.Keys.Order(StringComparer.Ordinal), state.RoleBindings.Values.Select(b => b.Principal[5..]).Order(StringComparer.Ordinal));
        Assert.Equal(state.Version, state.ServiceAccounts.Count + state.RoleBindings.Count);
    }

    private static async Task<List<string>> WriteUntilKilledAsync(string file, int acknowledgements)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sluice.State.CrashWriter.dll"), file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var writer = Process.Start(start)!;
        var lines = new List<string>();
        try
        {
            while (lines.Count <= acknowledgements && await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                lines.Add(line);
            }
        }
        finally
        {
            writer.Kill(); // SIGKILL
        }

        // What was printed before the kill and not read yet counts; a last line that was cut does not.
        var rest = await writer.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        lines.AddRange(rest.Split('\n')[..^1]);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ready", lines[0]);
        Assert.True(lines.Count > acknowledgements, "The writer ended by itself.");
        return lines[1..];
    }
}
