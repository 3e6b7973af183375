using System.CommandLine;
using Sluice.Dev;
using Sluice.Dev.Demo;
using Spectre.Console;

namespace Sluice.Cli;

/// <summary><c>sluice demo</c>: a tour over HTTP through a gateway of its own, which is gone afterwards.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var records = new Option<int>("--records") { Description = "How many records to stream.", HelpName = "N", DefaultValueFactory = _ => 10_000 };
        records.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000_000)
            {
                result.AddError("--records must be between 1 and 10000000.");
            }
        });
        var command = new Command("demo", "Shows the whole way, over HTTP: token, topic, streamed records, offsets, and what is refused.") { records };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(records), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int records, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("sluice-demo-");
        try
        {
            var options = new DevOptions { Urls = "http://127.0.0.1:0", DataDirectory = directory.FullName, LogLevel = LogLevel.Error };
            var (gateway, problem) = await DevGateway.StartAsync(options, cancellationToken);
            if (gateway is null)
            {
                Terminal.Error(problem!);
                return 1;
            }

            await using (gateway)
            {
                using var handler = new SocketsHttpHandler();
                using var http = new HttpClient(handler);
                var ok = await new DemoTour(AnsiConsole.Console, http, gateway.Info, records).RunAsync(cancellationToken);
                return ok ? 0 : 1;
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
