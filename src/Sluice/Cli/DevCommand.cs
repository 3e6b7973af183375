using System.CommandLine;
using System.Text.Json;
using Sluice.Dev;
using Spectre.Console;

namespace Sluice.Cli;

/// <summary><c>sluice dev</c>: everything in one process, on loopback.</summary>
internal static class DevCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Address to listen on: one, loopback only; port 0 picks a free one. Default {DevOptions.DefaultUrl}.",
            HelpName = "URL",
        };
        var data = new Option<string>("--data")
        {
            Description = "Directory that keeps topics, records and signing keys.",
            HelpName = "DIR",
            DefaultValueFactory = _ => DevOptions.DefaultDataDirectory,
        };
        var output = new Option<string>("--output")
        {
            Description = "'text' for people; 'json' prints one line with everything a script needs.",
            DefaultValueFactory = _ => "text",
        };
        output.AcceptOnlyFromAmong("text", "json");
        var kafka = new Option<string?>("--kafka")
        {
            Description = "A Kafka cluster of your own instead of the embedded one: its bootstrap servers, comma separated.",
            HelpName = "HOST:PORT",
        };
        var clusterId = new Option<string?>("--cluster-id")
        {
            Description = $"Id of the cluster in URLs. Default {DevOptions.EmbeddedClusterId}, or with --kafka the cluster's own.",
            HelpName = "ID",
        };
        var registry = new Option<string?>("--schema-registry")
        {
            Description = "A Schema Registry, for records in AVRO, JSONSCHEMA and PROTOBUF: its address.",
            HelpName = "URL",
        };
        var poolId = new Option<string>("--pool-id") { Description = "Id of the identity pool.", HelpName = "ID", DefaultValueFactory = _ => "pool-dev" };
        var declare = new Option<string[]>("--declare")
        {
            Description = "A JSON or YAML file with providers, pools, accounts, keys and role bindings that are there from the start; may be repeated.",
            HelpName = "FILE",
        };
        var tls = new Option<bool>("--tls") { Description = "Serve HTTPS, with a certificate made once and kept in the data directory." };
        var verbose = new Option<bool>("--verbose") { Description = "Log what happens, refusals and their reasons included." };

        var command = new Command("dev", "Runs a gateway with an embedded cluster (or --kafka) and a development identity provider, on loopback only.")
        {
            urls, data, output, kafka, clusterId, registry, poolId, declare, tls, verbose,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new DevOptions
            {
                Warn = Terminal.Warn,
                Urls = parsed.GetValue(urls),
                DataDirectory = Path.GetFullPath(parsed.GetRequiredValue(data)),
                Kafka = parsed.GetValue(kafka),
                ClusterId = parsed.GetValue(clusterId),
                SchemaRegistry = parsed.GetValue(registry),
                PoolId = parsed.GetRequiredValue(poolId),
                DeclaredFiles = parsed.GetValue(declare) ?? [],
                Tls = parsed.GetValue(tls),
                LogLevel = parsed.GetValue(verbose) ? LogLevel.Information : LogLevel.Warning,
            },
            parsed.GetRequiredValue(output) == "json",
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DevOptions options, bool json, CancellationToken cancellationToken)
    {
        var (gateway, problem) = await DevGateway.StartAsync(options, cancellationToken);
        if (gateway is null)
        {
            Terminal.Error(problem!);
            return 1;
        }

        await using (gateway)
        {
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(gateway.Info, DevInfoJson.Default.DevInfo));
                Console.Out.Flush();
            }
            else
            {
                DevBanner.Print(AnsiConsole.Console, gateway.Info, options.DataDirectory);
            }

            await gateway.WaitForShutdownAsync(cancellationToken);
        }

        return 0;
    }
}
