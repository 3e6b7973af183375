using System.Text.Json;

namespace Sluice.Tests.Cli;

/// <summary>How a command ended and what it wrote.</summary>
internal sealed record CommandOutcome(int ExitCode, string Output, string Error)
{
    /// <summary>The output as JSON, after a check that the command ended well.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.True(ExitCode == 0, $"ended with {ExitCode}: {Error}");
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    /// <summary>Output lines.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
