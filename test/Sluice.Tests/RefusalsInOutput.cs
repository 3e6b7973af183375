using System.Runtime.CompilerServices;
using Sluice.Testing;

namespace Sluice.Tests;

/// <summary>Refused requests are part of a test's output, which is shown when it fails: "key not present" alone explains nothing.</summary>
internal static class RefusalsInOutput
{
    [ModuleInitializer]
    public static void Install() => Answer.Refused = static refusal =>
    {
        try
        {
            TestContext.Current.TestOutputHelper?.WriteLine(refusal);
        }
        catch (InvalidOperationException)
        {
            // A test that is over has no output any more.
        }
    };
}
