using System.Diagnostics;
using Sluice.Testing.Kafka;
using Ck = Confluent.Kafka;

namespace Sluice.Kafka.Tests.Real.Faults;

/// <summary>
/// Brokers fail under produce load: every acknowledged record is there, none is there twice, and each key's records are in order.
/// </summary>
public sealed class OneBrokerFaultTests(OneFaultyBroker faulty) : IClassFixture<OneFaultyBroker>
{
    [Fact]
    public Task A_broker_that_is_stopped_and_started_costs_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, _) =>
    {
        await kafka.StopAsync();
        await kafka.UpAsync();
    });

    [Fact]
    public Task A_broker_that_is_killed_and_started_costs_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, _) =>
    {
        await kafka.KillAsync();
        await kafka.UpAsync();
    });

    [Fact]
    public Task A_broker_that_is_paused_costs_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, _) =>
    {
        await kafka.PauseAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await kafka.ResumeAsync();
    });
}

/// <inheritdoc cref="OneBrokerFaultTests" />
public sealed class ThreeBrokersFaultTests(ThreeFaultyBrokers faulty) : IClassFixture<ThreeFaultyBrokers>
{
    // The first node is the only controller too: each takes its turn.
    private static int NodeOf(int round) => 1 + ((round + 1) % 3);

    [Fact]
    public Task A_leader_that_is_stopped_and_started_costs_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, round) =>
    {
        await kafka.StopAsync(NodeOf(round));
        await kafka.UpAsync(NodeOf(round));
    });

    [Fact]
    public Task A_leader_that_is_killed_and_started_costs_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, round) =>
    {
        await kafka.KillAsync(NodeOf(round));
        await kafka.UpAsync(NodeOf(round));
    });

    [Fact]
    public Task A_leader_that_is_paused_costs_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, round) =>
    {
        await kafka.PauseAsync(NodeOf(round));
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await kafka.ResumeAsync(NodeOf(round));
    });

    [Fact]
    public Task Leaders_that_move_to_another_broker_and_back_cost_no_acknowledged_record() => FaultRounds.RunAsync(faulty, async (kafka, round) =>
    {
        // A clean stop moves them away, the preferred election moves them back.
        await kafka.StopAsync(NodeOf(round));
        await kafka.UpAsync(NodeOf(round));
        using var admin = new Ck.AdminClientBuilder(new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = kafka.Plain }).Build();
        try
        {
            await Ck.IAdminClientExtensions.ElectLeadersAsync(admin, Ck.ElectionType.Preferred, null);
        }
        catch (Ck.Admin.ElectLeadersException)
        {
            // Per partition: most have their preferred leader already.
        }
    });
}

internal static class FaultRounds
{
    /// <summary>Shorter than the delivery timeout here: records flow again because the cluster is back, not because those that waited were given up.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(FaultyKafka faulty, Func<RealKafka, int, Task> fault)
    {
        var topic = await faulty.NewTopicAsync();
        using var load = new ProduceLoad(faulty.Cluster, topic);
        load.Start();
        TimeSpan longestFault = default, longestRecovery = default;
        for (var round = 0; round < FaultyKafka.Times; round++)
        {
            await load.ProgressAsync(200, Recovery);
            var watch = Stopwatch.StartNew();
            await fault(faulty.Kafka, round);
            longestFault = Max(longestFault, watch.Elapsed);
            watch.Restart();
            await load.ProgressAsync(1, Recovery);
            longestRecovery = Max(longestRecovery, watch.Elapsed);
            await load.ProgressAsync(200, Recovery);
            await faulty.HealAsync(topic);
        }

        TestContext.Current.SendDiagnosticMessage(
            "{0} × {1}: broker away at most {2:0} ms, records flow again {3:0} ms after it is back at most; {4}",
            FaultyKafka.Times, TestContext.Current.TestMethod!.MethodName, longestFault.TotalMilliseconds, longestRecovery.TotalMilliseconds, await load.VerifyAsync());
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
