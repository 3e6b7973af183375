namespace Sluice.Testing.Specs;

/// <summary>A difference to the OpenAPI files that is meant.</summary>
/// <param name="Name">Short, for reports.</param>
/// <param name="Reason">Why it is meant.</param>
/// <param name="Covers">Which violations it explains.</param>
public sealed record Deviation(string Name, string Reason, Func<SpecRoute, SpecExchange, SpecViolation, bool> Covers);
