using System.Diagnostics;

namespace Sluice.Cel.Benchmarks;

/// <summary>Nanoseconds and bytes of one call: the best of several rounds, so that a busy machine disturbs little.</summary>
internal static class Measure
{
    private const int Rounds = 40;

    public static (double Nanoseconds, double Bytes) Run(Func<bool> call, int calls)
    {
        var best = double.MaxValue;
        var bytes = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var (time, allocated) = Once(call, calls);
            best = Math.Min(best, time);
            bytes = Math.Min(bytes, allocated);
        }

        return (best, bytes);
    }

    /// <summary>Two calls in turns: what disturbs one disturbs the other.</summary>
    public static ((double Nanoseconds, double Bytes) First, (double Nanoseconds, double Bytes) Second) RunBoth(Func<bool> first, Func<bool> second, int calls)
    {
        var (bestFirst, bestSecond) = ((double.MaxValue, double.MaxValue), (double.MaxValue, double.MaxValue));
        for (var round = 0; round < Rounds; round++)
        {
            bestFirst = Lower(bestFirst, Once(first, calls));
            bestSecond = Lower(bestSecond, Once(second, calls));
        }

        return (bestFirst, bestSecond);
    }

    private static (double, double) Lower((double Time, double Bytes) x, (double Time, double Bytes) y) => (Math.Min(x.Time, y.Time), Math.Min(x.Bytes, y.Bytes));

    private static (double Nanoseconds, double Bytes) Once(Func<bool> call, int calls)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var kept = 0;
        for (var i = 0; i < calls; i++)
        {
            kept += call() ? 1 : 0;
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(kept);
        return (elapsed.TotalNanoseconds / calls, (double)allocated / calls);
    }
}
