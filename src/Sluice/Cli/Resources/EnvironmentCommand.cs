using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice environment</c>: groups of clusters.</summary>
internal sealed class EnvironmentCommand(CommandIo io) : ResourceCommand(io)
{
    protected override string Name => "environment";

    protected override string Noun => "environment";

    protected override string Description => "Environments: groups of clusters that role bindings can name.";

    protected override string SampleId => "env-a1b2";

    protected override string Path => "/org/v2/environments";

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Name", "/display_name"),
        new("CRN", "/metadata/resource_name", Detail: true),
        new("Created", "/metadata/created_at", Detail: true),
        new("Updated", "/metadata/updated_at", Detail: true),
    ];

    protected override IReadOnlyList<ResourceField> Fields { get; } = [CommonFields.Name with { Description = "Name for people, at most 255 characters." }];
}
