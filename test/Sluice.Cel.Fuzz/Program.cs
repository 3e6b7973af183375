using System.Globalization;
using Sluice.Cel.Fuzz;

// dotnet run -c Release --project test/Sluice.Cel.Fuzz -- [INPUTS] [SEED]
var inputs = args.Length > 0 ? int.Parse(args[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 1_000_000;
var seed = args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : (ulong)Random.Shared.NextInt64();
var report = FuzzRun.Run(inputs, seed);
Console.WriteLine(report);
foreach (var fault in report.Faults)
{
    Console.WriteLine(fault);
}

return report.Faults.IsEmpty ? 0 : 1;
