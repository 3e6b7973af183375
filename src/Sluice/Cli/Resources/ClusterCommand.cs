using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice cluster</c>: the clusters that the gateway's configuration names.</summary>
internal sealed class ClusterCommand(CommandIo io) : ResourceCommand(io)
{
    private readonly Option<string?> _environment = new("--environment") { Description = "Only the clusters of this environment.", HelpName = "ID" };

    protected override string Name => "cluster";

    protected override string Noun => "cluster";

    protected override string Description => "Clusters: those that the gateway's configuration names. They are not made or changed here.";

    protected override string SampleId => "lkc-1";

    protected override string Path => "/cmk/v2/clusters";

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Environment", "/spec/environment/id"),
        new("Endpoint", "/spec/http_endpoint"),
        new("State", "/status/phase"),
        new("CRN", "/metadata/resource_name", Detail: true),
    ];

    protected override IReadOnlyList<ResourceField> Fields => [];

    protected override IEnumerable<Option> ListOptions => [_environment];

    protected override void AddCommands(Command command)
    {
        command.Add(List());
        command.Add(Get());
    }

    protected override async IAsyncEnumerable<JsonElement> ListAsync(
        ControlClient client, ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var environments = new List<string>();
        if (parsed.GetValue(_environment) is { } only)
        {
            environments.Add(only);
        }
        else
        {
            await foreach (var environment in client.ListAsync("/org/v2/environments", [], cancellationToken))
            {
                environments.Add(JsonPointer.Text(environment, "/id"));
            }
        }

        foreach (var environment in environments)
        {
            await foreach (var cluster in client.ListAsync(Path, [new("environment", environment)], cancellationToken))
            {
                yield return cluster;
            }
        }
    }
}
