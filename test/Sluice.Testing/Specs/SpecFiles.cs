namespace Sluice.Testing.Specs;

/// <summary>
/// The published OpenAPI files: Kafka REST v3 and the control plane. In the directory that <c>SLUICE_TEST_SPECS</c> names; without it nothing is
/// checked.
/// </summary>
public static class SpecFiles
{
    /// <summary>Why a test is skipped when <see cref="Available"/> is false.</summary>
    public const string Missing = "Set SLUICE_TEST_SPECS to the directory with the OpenAPI files to run this test.";

    private static readonly Lazy<SpecLibrary?> Library = new(Load);

    public static bool Available => All is not null;

    /// <summary>Null without <c>SLUICE_TEST_SPECS</c>.</summary>
    public static SpecLibrary? All => Library.Value;

    /// <summary>Between a test's client and the gateway: every answer is held against the files. Does nothing without them.</summary>
    public static HttpMessageHandler Checking(HttpMessageHandler inner) => All is { } all ? new SpecHandler(all, inner) : inner;

    private static SpecLibrary? Load() =>
        Environment.GetEnvironmentVariable("SLUICE_TEST_SPECS") is { Length: > 0 } directory ? SpecLibrary.Load(directory) : null;
}
