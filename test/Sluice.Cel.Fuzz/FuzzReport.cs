using System.Collections.Concurrent;
using System.Globalization;

namespace Sluice.Cel.Fuzz;

/// <summary>What a run did and found.</summary>
internal sealed class FuzzReport
{
    private readonly long[] _inputs = new long[3];
    private readonly long[] _parsed = new long[3];
    private readonly long[] _compiled = new long[3];

    public required ulong Seed { get; init; }

    public TimeSpan Elapsed { get; set; }

    public ConcurrentBag<string> Faults { get; } = [];

    public long Inputs => _inputs.Sum();

    public long Of(FuzzKind kind) => _inputs[(int)kind];

    public long Parsed(FuzzKind kind) => _parsed[(int)kind];

    public long Compiled(FuzzKind kind) => _compiled[(int)kind];

    public void Count(FuzzKind kind, bool parsed, bool compiled, string? fault)
    {
        Interlocked.Increment(ref _inputs[(int)kind]);
        Interlocked.Add(ref _parsed[(int)kind], parsed ? 1 : 0);
        Interlocked.Add(ref _compiled[(int)kind], compiled ? 1 : 0);
        if (fault is not null)
        {
            Faults.Add($"[{kind}] {fault}");
        }
    }

    public override string ToString()
    {
        var kinds = Enum.GetValues<FuzzKind>().Select(kind => string.Create(
            CultureInfo.InvariantCulture, $"{kind} {Of(kind):N0} ({Parsed(kind):N0} parse, {Compiled(kind):N0} type-check)"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Inputs:N0} inputs in {Elapsed.TotalSeconds:F1} s, seed {Seed}: {string.Join(", ", kinds)}; {Faults.Count} faults");
    }
}
