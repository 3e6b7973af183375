using System.CommandLine;
using System.Security.Cryptography;
using Sluice.Cli.Connections;
using Sluice.Cli.Http;
using Sluice.Dev;
using Sluice.Dev.Demo;

namespace Sluice.Cli.Demo;

/// <summary><c>sluice demo</c>: a tour over HTTP, through a gateway of its own that is gone afterwards, or through one that runs.</summary>
internal sealed class DemoCommand(CommandIo io)
{
    // What every `sluice dev` has.
    private const string DevClient = "dev-client";
    private const string DevSecret = "dev-secret";
    private const string DevTokenPath = "/oauth2/default/v1/token";

    private readonly Option<int> _records = new("--records") { Description = "How many records to stream.", HelpName = "N", DefaultValueFactory = _ => 10_000 };
    private readonly Option<string?> _url = new("--url") { Description = "A gateway that runs. Default: one of the demo's own.", HelpName = "URL" };
    private readonly Option<string?> _tokenUrl = new("--token-url") { Description = "Where to fetch the token. Default: the provider inside `sluice dev` at --url.", HelpName = "URL" };
    private readonly Option<string?> _clientId = new("--client-id") { Description = $"The client (or {TokenVariables.ClientId}). Default: that of `sluice dev`.", HelpName = "ID" };
    private readonly SecretOptions _secret = new("--client-secret", TokenVariables.ClientSecret, "client secret");
    private readonly Option<string?> _scope = new("--scope") { Description = "What the token is asked for.", HelpName = "SCOPE" };
    private readonly Option<string?> _pool = new("--pool-id") { Description = "The identity pool to name. Default: none; the gateway finds those that match.", HelpName = "ID" };
    private readonly Option<string?> _cluster = new("--cluster-id") { Description = "The cluster. Default: the first that the gateway lists.", HelpName = "ID" };
    private readonly Option<string?> _caFile = new("--ca-file") { Description = "PEM file of authorities to trust besides the system's: what `sluice dev --tls` names.", HelpName = "FILE" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Keep the topic. At a running gateway it is deleted otherwise." };

    public Command Create()
    {
        _records.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000_000)
            {
                result.AddError("--records must be between 1 and 10000000.");
            }
        });
        var command = new Command("demo", "Shows the whole way, over HTTP: token, topic, streamed records, offsets, and what is refused.")
        {
            _records, _url, _tokenUrl, _clientId, _secret.Value, _secret.FromInput, _scope, _pool, _cluster, _caFile, _keep,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_url) is null && result.Children.OfType<System.CommandLine.Parsing.OptionResult>().FirstOrDefault(
                o => !o.Implicit && o.Option != _records && o.Option is not System.CommandLine.Help.HelpOption) is { } other)
            {
                result.AddError($"{other.Option.Name} goes with --url: a gateway of the demo's own needs nothing.");
            }
        });
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("by itself", "sluice demo"),
            ("through a running `sluice dev`", $"sluice demo --url {DevOptions.DefaultUrl}"),
            ("through a gateway of yours", $"{TokenVariables.ClientSecret}=… sluice demo --url https://kafka.example.com --token-url https://sso.example.com/token --client-id billing"));
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await (parsed.GetValue(_url) is { } url ? AtAsync(url, parsed, cancellationToken) : AloneAsync(parsed, cancellationToken)) ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (HttpRequestException refused) when (refused.StatusCode is not null)
        {
            throw new CommandFailure(Output.PrintableText.Of(refused.Message));
        }
    }

    private async Task<bool> AloneAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("sluice-demo-");
        try
        {
            var options = new DevOptions { Urls = "http://127.0.0.1:0", DataDirectory = directory.FullName, LogLevel = LogLevel.Error };
            var (gateway, problem) = await DevGateway.StartAsync(options, cancellationToken);
            if (gateway is null)
            {
                throw new CommandFailure(problem!);
            }

            await using (gateway)
            {
                using var http = CommandHttp.Create(new HttpSettings());
                return await new DemoTour(io, http, DemoTarget.Of(gateway.Info), "demo", parsed.GetValue(_records)).RunAsync(keepTopic: true, cancellationToken);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task<bool> AtAsync(string url, ParseResult parsed, CancellationToken cancellationToken)
    {
        var gateway = ServerUrl.Parse(url);
        var clientId = parsed.GetValue(_clientId) ?? io.Variable(TokenVariables.ClientId);
        var caFile = parsed.GetValue(_caFile) ?? io.Variable(ConnectionOptions.CaFileVariable);
        var target = new DemoTarget
        {
            Url = gateway.AbsoluteUri.TrimEnd('/'),
            TokenUrl = parsed.GetValue(_tokenUrl) ?? gateway.AbsoluteUri.TrimEnd('/') + DevTokenPath,
            ClientId = clientId ?? DevClient,
            ClientSecret = clientId is null ? DevSecret : _secret.Read(io, parsed),
            Scope = parsed.GetValue(_scope),
            PoolId = parsed.GetValue(_pool),
            ClusterId = parsed.GetValue(_cluster),
            Trust = caFile is null ? null : CommandHttp.Trust(caFile),
        };
        using var http = CommandHttp.Create(new HttpSettings(caFile));
        var topic = $"demo-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        try
        {
            return await new DemoTour(io, http, target, topic, parsed.GetValue(_records)).RunAsync(parsed.GetValue(_keep), cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException { StatusCode: null } or System.Net.Sockets.SocketException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw HttpFailures.Explain(failure, gateway, "the gateway");
        }
    }
}
