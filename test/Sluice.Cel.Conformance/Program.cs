using System.Text.Json;
using Sluice.Cel.Conformance;

// dotnet run --project test/Sluice.Cel.Conformance -- PATH/cases.json [--file NAME]
if (args.Length is not (1 or 3) || (args.Length == 3 && args[1] != "--file"))
{
    Console.Error.WriteLine("usage: Sluice.Cel.Conformance PATH/cases.json [--file NAME]");
    return 2;
}

var gaps = KnownGaps.Read();
using var document = JsonDocument.Parse(File.ReadAllBytes(args[0]));
var only = args.Length == 3 ? args[2] : null;
var table = new SortedDictionary<string, (int Passed, int Total)>(StringComparer.Ordinal);
foreach (var item in document.RootElement.EnumerateArray())
{
    var file = item.GetProperty("file").GetString()!;
    if (only is not null && file != only)
    {
        continue;
    }

    var failure = CaseRunner.Run(item);
    var (passed, total) = table.GetValueOrDefault(file);
    table[file] = (passed + (failure is null ? 1 : 0), total + 1);
    if (failure is not null)
    {
        var id = item.GetProperty("id").GetString()!;
        Console.WriteLine($"FAIL {id}: {failure}{(gaps.TryGetValue(id, out var reason) ? $" (known: {reason})" : "")}");
    }
}

foreach (var (file, (passed, total)) in table)
{
    Console.WriteLine($"{file,-16} {passed,4} of {total,4}");
}

var all = table.Values.Sum(row => row.Total);
var good = table.Values.Sum(row => row.Passed);
Console.WriteLine($"{good} of {all} passed");
return all > 0 && good == all ? 0 : 1;
