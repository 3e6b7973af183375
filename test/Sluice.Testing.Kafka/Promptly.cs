using System.Diagnostics;

namespace Sluice.Testing.Kafka;

/// <summary>Holds a promise of time against a machine that is busy with other things: it may spoil some tries, not all.</summary>
public static class Promptly
{
    private const int Tries = 8;

    /// <summary>Asks until an answer came within <paramref name="limit"/>; every answer on the way is checked too.</summary>
    /// <exception cref="TimeoutException">None of eight tries was answered in time.</exception>
    public static async Task WithinAsync<T>(TimeSpan limit, Func<Task<T>> ask, Action<T> check)
    {
        var quickest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var watch = Stopwatch.StartNew();
            var answer = await ask();
            var took = watch.Elapsed;
            check(answer);
            if (took <= limit)
            {
                return;
            }

            quickest = took < quickest ? took : quickest;
        }

        throw new TimeoutException($"The quickest of {Tries} answers took {quickest.TotalSeconds:0.00} s; {limit.TotalSeconds:0.##} s are promised.");
    }
}
