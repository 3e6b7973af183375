using Sluice.Cel.Fuzz;

namespace Sluice.Cel.Tests;

public sealed class FuzzTests
{
    [Fact]
    public void A_million_inputs_bring_no_exception_and_print_to_what_they_were()
    {
        // SLUICE_FUZZ_SEED repeats a run, or makes another one.
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SLUICE_FUZZ_SEED"), out var given) ? given : 20261124;
        var report = FuzzRun.Run(1_000_000, seed);
        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(report.Faults.IsEmpty, $"{report}\n{string.Join("\n", report.Faults)}");
        Assert.Equal(1_000_000, report.Inputs);

        // The inputs must reach what they are for.
        Assert.Equal(report.Of(FuzzKind.Grammar), report.Parsed(FuzzKind.Grammar));
        Assert.InRange(report.Compiled(FuzzKind.Grammar), 20_000, report.Of(FuzzKind.Grammar));
        Assert.InRange(report.Parsed(FuzzKind.Mutated), 50_000, report.Of(FuzzKind.Mutated));
    }
}
