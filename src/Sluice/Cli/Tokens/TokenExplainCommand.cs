using System.CommandLine;
using System.Text.Json.Nodes;
using Sluice.Cli.Connections;
using Sluice.Cli.Http;
using Sluice.Cli.Output;
using Sluice.Explain;

namespace Sluice.Cli.Tokens;

/// <summary><c>sluice token explain</c>: why a gateway takes a token or not.</summary>
internal sealed class TokenExplainCommand(CommandIo io)
{
    private const string Path = "/sluice/v1/tokens:explain";

    private readonly Argument<string?> _token = new("token")
    {
        Description = $"The token; - is standard input. Default: {TokenInput.Variable}, or what is piped in.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _pool = new("--pool") { Description = "The pools that the request names (Confluent-Identity-Pool-Id), with commas in between. Default: none.", HelpName = "ID" };
    private readonly Option<string?> _operation = new("--operation") { Description = "Also decide whether this operation is allowed: READ, WRITE, CREATE, DESCRIBE, …", HelpName = "OPERATION" };
    private readonly Option<string?> _topic = new("--topic") { Description = "What the operation is on: a topic.", HelpName = "NAME" };
    private readonly Option<string?> _group = new("--group") { Description = "A consumer group.", HelpName = "NAME" };
    private readonly Option<string?> _transactionalId = new("--transactional-id") { Description = "A transactional id.", HelpName = "NAME" };
    private readonly Option<bool> _cluster = new("--cluster-resource") { Description = "The cluster itself." };
    private readonly Option<string?> _at = new("--cluster") { Description = "On which cluster. Default: the only one.", HelpName = "ID" };

    private readonly Option<string?> _address = new("--client-address") { Description = "Where the client is, for ACLs with a host. Default: here with the token alone, unknown with a login.", HelpName = "IP" };

    public Command Create()
    {
        var command = new Command(
            "explain", "Says why a gateway takes a token or not: every check, every pool and what decided it. Ends with 0 when the token is taken, 1 when not.")
        {
            _token, _pool, _operation, _topic, _group, _transactionalId, _cluster, _at, _address, OutputFormat.Option,
        };
        ConnectionOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("a fresh token", "sluice token fetch … | sluice token explain"),
            ("may it write to a topic, as one pool?", "sluice token explain --pool pool-a1b2 --operation WRITE --topic orders < token.txt"));
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var token = TokenInput.Read(io, parsed.GetValue(_token));
        var question = Question(parsed, token);

        // Whoever holds a token may ask about it; an administrator may ask about any.
        var connection = ConnectionOptions.Find(io, parsed, allowNoKey: true) ?? throw CommandFailure.Usage(
            "Which gateway is to explain the token?", $"Give --url, or run `sluice login`.");
        using var client = new ControlClient(connection.ApiKey.Length > 0 ? connection : connection with { Token = token }, io.Warn);
        var explanation = await client.PostAsync(Path, question, cancellationToken);
        var writer = new ResultWriter(io, OutputFormat.IsJson(parsed));
        if (writer.IsJson)
        {
            writer.Json(explanation.WriteTo);
        }
        else
        {
            new ExplanationTree(io).Write(explanation);
        }

        return explanation.GetProperty("accepted").GetBoolean() && JsonPointer.Text(explanation, "/access/decision") is "" or AccessDecision.Allow or AccessDecision.Undecided ? ExitCode.Ok : ExitCode.Failed;
    }

    private JsonObject Question(ParseResult parsed, string token)
    {
        var question = new JsonObject { ["token"] = token };
        if (parsed.GetValue(_pool) is { } pool)
        {
            question["pool_id"] = pool;
        }

        var resources = new (string Type, string? Name)[]
        {
            ("TOPIC", parsed.GetValue(_topic)),
            ("GROUP", parsed.GetValue(_group)),
            ("TRANSACTIONAL_ID", parsed.GetValue(_transactionalId)),
            ("CLUSTER", parsed.GetValue(_cluster) ? "kafka-cluster" : null),
        }.Where(r => r.Name is not null).ToArray();
        if (resources.Length > 1 || resources.Length == 1 != parsed.GetValue(_operation) is not null)
        {
            throw CommandFailure.Usage("--operation goes with one of --topic, --group, --transactional-id and --cluster-resource.");
        }

        if (resources is [var (type, name)])
        {
            question["operation"] = parsed.GetValue(_operation)!.ToUpperInvariant();
            question["resource"] = new JsonObject { ["resource_type"] = type, ["resource_name"] = name };
            if (parsed.GetValue(_address) is { } address)
            {
                question["client_address"] = System.Net.IPAddress.TryParse(address, out _) ? address : throw CommandFailure.Usage("--client-address must be an IP address.");
            }

            if (parsed.GetValue(_at) is { } cluster)
            {
                question["resource"]!["cluster_id"] = cluster;
            }
        }

        return question;
    }
}
