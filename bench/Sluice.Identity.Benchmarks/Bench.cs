using System.Diagnostics;

namespace Sluice.Identity.Benchmarks;

/// <summary>Measures by the median of rounds; what is compared takes turns, so that a busy machine disturbs both alike.</summary>
internal static class Bench
{
    private const int Rounds = 25;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Nanoseconds for each operation of each body, given how many operations one call does.</summary>
    public static double[] Measure(params (int Operations, Action Body)[] bodies)
    {
        var times = bodies.Select(_ => new List<double>()).ToArray();
        var began = Stopwatch.GetTimestamp();

        // Long enough for the runtime to have compiled everything for good.
        for (var round = -1; round < Rounds; round++)
        {
            if (round == -1 && Stopwatch.GetElapsedTime(began) < WarmUp)
            {
                round--;
            }

            for (var i = 0; i < bodies.Length; i++)
            {
                // What one body leaves behind is not the next one's to clean up.
                GC.Collect();
                var start = Stopwatch.GetTimestamp();
                bodies[i].Body();
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / bodies[i].Operations);
                }
            }
        }

        return [.. times.Select(Median)];
    }

    public static void Line(string name, string figure, bool holds, string promise) =>
        Console.WriteLine($"{name,-44} {figure,-58} {(holds ? "holds" : "MISSED")}: {promise}");

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
