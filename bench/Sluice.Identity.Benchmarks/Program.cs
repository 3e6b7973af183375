using Sluice.Identity.Benchmarks;

// dotnet run -c Release --project bench/Sluice.Identity.Benchmarks
// Each line compares with a baseline measured in the same rounds, so that a figure means something on any machine.
await PartBenches.RunAsync();
await TokenBenches.RunAsync();
await PoolBenches.RunAsync();
