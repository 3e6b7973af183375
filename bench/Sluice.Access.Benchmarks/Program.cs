using Sluice.Access.Benchmarks;

// dotnet run -c Release --project bench/Sluice.Access.Benchmarks
// Each line compares with a baseline measured in the same rounds, so that a figure means something on any machine.
DecisionBenches.Run();
TableBenches.Run();
GuardBenches.Run();
