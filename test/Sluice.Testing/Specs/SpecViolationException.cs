namespace Sluice.Testing.Specs;

/// <summary>An answer is not what an OpenAPI file says, and no deviation covers it.</summary>
public sealed class SpecViolationException(string document, SpecRoute route, SpecExchange exchange, IReadOnlyList<SpecViolation> violations)
    : Exception($"""
        {exchange}
        breaks {route} of {document}:
        {string.Join('\n', violations)}
        Correct the answer, or name the difference and its reason in Sluice.Testing/Specs/Deviations.cs.
        """)
{
    public IReadOnlyList<SpecViolation> Violations => violations;
}
