using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Access.Guard;
using Sluice.Identity.Benchmarks;
using Sluice.Kafka;
using Sluice.Kafka.Records;
using Sluice.Testing;

namespace Sluice.Access.Benchmarks;

/// <summary>What the guard adds to a produced record, against a cluster that does nothing with it.</summary>
internal static class GuardBenches
{
    private const int Operations = 100_000;
    private const double MostNanoseconds = 50;

    public static void Run()
    {
        var cluster = new IdleCluster();
        var bare = new Bare(cluster);
        var guarded = new Guarded(new GuardedCluster(cluster, new BenchAccess().Access, BenchAccess.Caller, NullLogger.Instance));
        Produce(guarded, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Produce(guarded, 1000);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        var times = Bench.Measure((Operations, () => Produce(bare, Operations)), (Operations, () => Produce(guarded, Operations)));
        Bench.Line(
            "the guard, for a record",
            $"{times[1] - times[0]:F0} ns more, {bytes} B ({times[1]:F0} ns against {times[0]:F0} ns)",
            times[1] - times[0] <= MostNanoseconds && bytes == 0,
            $"{MostNanoseconds:F0} ns and 0 B");
    }

    /// <remarks>Compiled for each way by itself, or the runtime would bet on one of them and the other would pay.</remarks>
    private static void Produce<TWay>(TWay way, int count)
        where TWay : struct, IWay
    {
        for (var i = 0; i < count; i++)
        {
            var task = way.Cluster.ProduceAsync(new RecordToProduce { Topic = BenchAccess.ByAcl, HasValue = true, Value = "v"u8 });
            if (!task.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException();
            }

            Check(task);
        }
    }

    private static void Check(ValueTask<DeliveryReport> task)
    {
        var report = task.GetAwaiter().GetResult();
        if (!report.IsSuccess)
        {
            throw new InvalidOperationException(report.Error.ToString());
        }
    }

    private interface IWay
    {
        ICluster Cluster { get; }
    }

    private readonly record struct Bare(ICluster Cluster) : IWay;

    private readonly record struct Guarded(ICluster Cluster) : IWay;

    private sealed class IdleCluster() : FailingCluster("lkc-1")
    {
        public override ValueTask<DeliveryReport> ProduceAsync(in RecordToProduce record) => new(new DeliveryReport(default, 0, 0, 0));
    }
}
