using System.CommandLine;
using Sluice.Cli.Http;
using Sluice.Dev;

namespace Sluice.Cli.Connections;

/// <summary><c>sluice login</c>: checks an administrator's key and keeps it.</summary>
internal sealed class LoginCommand(CommandIo io)
{
    private const string DefaultContext = "default";

    private readonly Option<string?> _key = new("--api-key")
    {
        Description = $"Id of an administrator's API key (or {ConnectionOptions.KeyVariable}).",
        HelpName = "ID",
    };

    private readonly SecretOptions _secret = new("--api-secret", ConnectionOptions.SecretVariable, "API secret");

    public Command Create()
    {
        var command = new Command("login", "Checks an API key at a gateway and keeps it for later commands.") { _key, _secret.Value, _secret.FromInput };
        ConnectionOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("asks for what it needs", "sluice login"),
            ("for scripts", "printf %s \"$SECRET\" | sluice login --url https://kafka.example.com --api-key ABCDEFGHIJ --api-secret-stdin"),
            ("a second gateway", "sluice login --context prod --url https://kafka.example.com"));
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(ConnectionOptions.Context) ?? io.Variable(ConnectionOptions.ContextVariable) ?? DefaultContext;
        var url = ServerUrl.Parse(
            parsed.GetValue(ConnectionOptions.Url) ?? io.Variable(ConnectionOptions.UrlVariable)
            ?? Ask("Gateway URL", "--url", DevOptions.DefaultUrl));
        if (ServerUrl.IsInTheClear(url))
        {
            io.Warn($"{url} is not https: the key travels in the clear.");
        }

        var key = parsed.GetValue(_key) ?? io.Variable(ConnectionOptions.KeyVariable) ?? Ask("API key", "--api-key", null);
        var secret = _secret.Read(io, parsed);
        var caFile = (parsed.GetValue(ConnectionOptions.CaFile) ?? io.Variable(ConnectionOptions.CaFileVariable)) is { } file ? Path.GetFullPath(file) : null;

        using (var client = new ControlClient(new Connection(url, key, secret, new HttpSettings(caFile)), io.Warn))
        {
            // Any call will do: what is asked for is whether a gateway is there and the key administers it.
            await client.CheckAsync(cancellationToken);
        }

        var contexts = new ContextFile(io);
        var saved = contexts.Read();
        contexts.Write(new SavedContexts
        {
            Current = name,
            Contexts = new Dictionary<string, SavedContext>(saved.Contexts, StringComparer.Ordinal)
            {
                [name] = new() { Url = url.AbsoluteUri.TrimEnd('/'), ApiKey = key, ApiSecret = secret, CaFile = caFile },
            },
        });
        io.Note($"Logged in to {url.AbsoluteUri.TrimEnd('/')} with the key {key}, as context '{name}'. Kept in {contexts.Path}.");
        return ExitCode.Ok;
    }

    private string Ask(string question, string option, string? fallback) =>
        io.Questions?.Ask(question, fallback) ?? throw CommandFailure.Usage($"{option} is missing, and nobody can be asked for it here.");
}
