using System.CommandLine;
using System.Security.Cryptography;
using Sluice.Serve;
using Sluice.State;

namespace Sluice.Cli;

/// <summary><c>sluice serve</c>: the gateway from configuration.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "A JSON file on top of appsettings.json.", HelpName = "FILE" };
        var check = new Option<bool>("--check") { Description = "Only say whether the settings make sense; connects to nothing." };
        var command = new Command(
            "serve",
            "Runs the gateway from configuration: appsettings.json in the current directory, --config, environment variables (Sluice__DataDirectory), "
            + "then --Section:Name=VALUE on the command line. See docs/kafka.md.")
        {
            config, check, AdminKey(),
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ServeArguments { ConfigFile = parsed.GetValue(config), CheckOnly = parsed.GetValue(check), Settings = parsed.UnmatchedTokens, Warn = Terminal.Warn }, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServeArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Settings.FirstOrDefault(s => !s.StartsWith("--", StringComparison.Ordinal) || !s.Contains('=', StringComparison.Ordinal)) is { } wrong)
        {
            Terminal.Error($"'{wrong}': write settings as --Section:Name=VALUE, such as --urls=http://127.0.0.1:8082.");
            return 1;
        }

        var (gateway, problems) = await ServeGateway.StartAsync(arguments, cancellationToken);
        foreach (var problem in problems)
        {
            Terminal.Error(problem);
        }

        if (gateway is null)
        {
            return problems.Count == 0 ? 0 : 1;
        }

        await using (gateway)
        {
            await gateway.WaitForShutdownAsync(cancellationToken);
        }

        return 0;
    }

    private static Command AdminKey()
    {
        var command = new Command("admin-key", "Makes a key for the first administrator, and the settings that let it in. Keeps nothing.");
        command.SetAction(_ =>
        {
            var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
            var secret = ApiKeySecret.Create();
            Console.Out.WriteLine($"Sluice__Administrator__ApiKey={id}");
            Console.Out.WriteLine($"Sluice__Administrator__SecretHash={ApiKeySecret.Hash(secret)}");
            Console.Out.WriteLine($"# for the administrator, shown only now: curl -u {id}:{secret} …");
        });
        return command;
    }
}
