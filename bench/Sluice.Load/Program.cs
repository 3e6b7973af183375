using Sluice.Load;

// dotnet run -c Release --project bench/Sluice.Load -- [single|stream|kafka|start|memory|control|all]
var wanted = args.Length > 0 ? args[0] : "all";
(string Name, Func<Task> Run)[] benches =
[
    ("single", SingleRecord.RunAsync),
    ("stream", StreamedRecords.RunAsync),
    ("kafka", KafkaRatios.RunAsync),
    ("start", StartToProduce.RunAsync),
    ("memory", MillionRecords.RunAsync),
    ("control", ControlChanges.RunAsync),
];
foreach (var (_, run) in benches.Where(b => wanted == "all" || wanted == b.Name))
{
    await run();
}
