using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice key</c>: API keys. A secret is shown once, when its key is made.</summary>
internal sealed class KeyCommand(CommandIo io) : ResourceCommand(io)
{
    private readonly Option<string?> _owner = new("--owner") { Description = "Only keys of this account.", HelpName = "ID" };
    private readonly Option<string?> _resource = new("--resource") { Description = "Only keys for this cluster, or 'cloud'.", HelpName = "ID" };

    protected override string Name => "key";

    protected override string Noun => "API key";

    protected override string Description => "API keys: user name and password for programs, at one cluster or at the control plane.";

    protected override string SampleId => "ABCDEFGHIJKLMNOP";

    protected override string Path => "/iam/v2/api-keys";

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Secret", "/spec/secret", Detail: true),
        new("Owner", "/spec/owner/id"),
        new("Resource", "/spec/resource/id"),
        new("Name", "/spec/display_name"),
        new("Description", "/spec/description", Detail: true),
        new("CRN", "/metadata/resource_name", Detail: true),
        new("Created", "/metadata/created_at", Detail: true),
        new("Updated", "/metadata/updated_at", Detail: true),
    ];

    protected override IReadOnlyList<ResourceField> Fields { get; } =
    [
        new("--owner", "/spec/owner/id", "Whose it is: a service account or user.") { HelpName = "ID", Required = true, Updatable = false },
        new("--resource", "/spec/resource/id", "The cluster that it is good for, such as lkc-1. Left out: the control plane (a Cloud key).") { HelpName = "ID", Updatable = false },
        CommonFields.Name with { Pointer = "/spec/display_name", Required = false },
        CommonFields.Description with { Pointer = "/spec/description" },
    ];

    protected override (string Title, string Line)[] CreateExamples =>
    [
        ("for a cluster", "sluice key create --owner sa-a1b2 --resource lkc-1"),
        ("for the control plane, into a file that only you can read", "(umask 077; sluice key create --owner sa-a1b2 -o json > key.json)"),
    ];

    protected override IEnumerable<Option> ListOptions => [_owner, _resource];

    protected override IAsyncEnumerable<JsonElement> ListAsync(ControlClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var query = new List<KeyValuePair<string, string?>>();
        if (parsed.GetValue(_owner) is { } owner)
        {
            query.Add(new("spec.owner", owner));
        }

        if (parsed.GetValue(_resource) is { } resource)
        {
            query.Add(new("spec.resource", resource));
        }

        return client.ListAsync(Path, query, cancellationToken);
    }

    protected override void Created(JsonElement resource) => Io.Note("The secret is shown this once: keep it now, the gateway has only its hash.");
}
