using Sluice.Access.Acls;
using Sluice.Identity.Benchmarks;

namespace Sluice.Access.Benchmarks;

/// <summary>What a change of the ACLs costs, against putting the same ACLs into a dictionary by name.</summary>
internal static class TableBenches
{
    private const double MostRatio = 6;

    public static void Run()
    {
        var acls = new BenchAccess().Acls;
        var names = acls.Select(acl => acl.ResourceName).Distinct(StringComparer.Ordinal).ToArray();
        var times = Bench.Measure(
            (1, () => _ = acls.ToDictionary(acl => acl, acl => acl.ResourceName)),
            (1, () => _ = new AclTable(acls)));
        Bench.Line(
            "a table of 10,000 ACLs",
            $"{times[1] / 1e6:F1} ms for {names.Length} names; {times[1] / times[0]:F1} of a dictionary of the same ({times[0] / 1e6:F1} ms)",
            times[1] / times[0] <= MostRatio,
            $"at most {MostRatio:F0} times the dictionary");
    }
}
