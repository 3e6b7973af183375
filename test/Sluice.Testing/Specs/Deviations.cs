namespace Sluice.Testing.Specs;

/// <summary>Where the gateway differs from the OpenAPI files on purpose. Short on purpose too.</summary>
public static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
    ];
}
