using System.CommandLine;
using System.Text.Json;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice service-account</c>: principals for programs that use API keys.</summary>
internal sealed class ServiceAccountCommand(CommandIo io) : ResourceCommand(io)
{
    private readonly Option<string[]> _byName = new("--name") { Description = "Only the account with this name.", HelpName = "TEXT" };

    protected override string Name => "service-account";

    protected override string Noun => "service account";

    protected override string Description => "Service accounts: principals for programs that come with an API key.";

    protected override string SampleId => "sa-a1b2";

    protected override string Path => "/iam/v2/service-accounts";

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Name", "/display_name"),
        new("Description", "/description"),
        new("CRN", "/metadata/resource_name", Detail: true),
        new("Created", "/metadata/created_at", Detail: true),
        new("Updated", "/metadata/updated_at", Detail: true),
    ];

    protected override IReadOnlyList<ResourceField> Fields { get; } = [CommonFields.Name with { Description = "Unique name, at most 64 characters." }, CommonFields.Description];

    protected override (string Title, string Line)[] CreateExamples =>
    [
        ("an account, then a key for it", "sluice service-account create --name billing --description 'Writes invoices'"),
    ];

    protected override IEnumerable<Option> ListOptions => [_byName];

    protected override IAsyncEnumerable<JsonElement> ListAsync(ControlClient client, ParseResult parsed, CancellationToken cancellationToken) =>
        client.ListAsync(Path, [.. (parsed.GetValue(_byName) ?? []).Select(n => KeyValuePair.Create("display_name", (string?)n))], cancellationToken);
}
