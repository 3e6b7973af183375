using System.Diagnostics;

namespace Sluice.Cel.Fuzz;

/// <summary>Many inputs of three kinds against all properties. The same seed gives the same inputs.</summary>
internal static class FuzzRun
{
    private const int Batch = 1000;
    private const int MostFaults = 20;

    public static FuzzReport Run(int inputs, ulong seed)
    {
        var report = new FuzzReport { Seed = seed };
        var clock = Stopwatch.StartNew();
        Parallel.For(
            0,
            (inputs + Batch - 1) / Batch,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            batch => RunBatch(report, seed, batch, Math.Min(Batch, inputs - (batch * Batch))));
        report.Elapsed = clock.Elapsed;
        return report;
    }

    private static void RunBatch(FuzzReport report, ulong seed, int batch, int count)
    {
        var random = new FuzzRandom(unchecked(seed + ((ulong)batch * 0x9E3779B97F4A7C15)));
        var grammar = new GrammarGenerator(random);
        var mutations = new Mutator(random);
        var last = "claims.sub == \"a\"";
        for (var i = 0; i < count; i++)
        {
            var kind = (i % 5) switch { 0 => FuzzKind.Grammar, 1 or 2 or 3 => FuzzKind.Mutated, _ => FuzzKind.Raw };
            var source = kind switch
            {
                FuzzKind.Grammar => last = grammar.Next(),
                FuzzKind.Mutated => mutations.Mutate(last),
                _ => mutations.Raw(),
            };
            try
            {
                var found = Properties.Check(source, i);
                report.Count(kind, found.Parsed, found.Checked, found.Fault is null ? null : $"{found.Fault}\n  {source}");
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                report.Count(kind, parsed: false, compiled: false, $"{fault.GetType().Name}: {fault.Message} {fault.StackTrace}\n  {source}");
            }

            if (report.Faults.Count >= MostFaults)
            {
                return;
            }
        }
    }
}
