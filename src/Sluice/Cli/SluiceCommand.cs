using System.CommandLine;

namespace Sluice.Cli;

/// <summary>The command line: <c>sluice dev</c>, <c>sluice demo</c>, …</summary>
internal static class SluiceCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Confluent Cloud's Kafka REST API, with OAuth identity pools, in front of any Kafka cluster.")
        {
            DevCommand.Create(),
            DemoCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
