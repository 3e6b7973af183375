using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Cli.Http;
using Sluice.Cli.Output;
using Sluice.Cli.Pools;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice pool</c>: who of a provider's token holders may come in, and as what principal.</summary>
internal sealed class PoolCommand(CommandIo io) : ResourceCommand(io)
{
    private const string Providers = "/iam/v2/identity-providers";

    private readonly Option<string?> _provider = ProviderOption("The provider that it belongs to, such as op-a1b2. Default: all are searched.", required: false);
    private readonly Option<string?> _newProvider = ProviderOption("The provider whose tokens it is for, such as op-a1b2.", required: true);
    private readonly Option<string?> _listProvider = ProviderOption("Only the pools of this provider.", required: false);

    protected override string Name => "pool";

    protected override string Noun => "identity pool";

    protected override string Description => "Identity pools: a filter over a token's claims, and the principal that its holder then is.";

    protected override string SampleId => "pool-a1b2";

    protected override string Path => Providers;

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Provider", "/provider"),
        new("Name", "/display_name"),
        new("Filter", "/filter"),
        new("Identity claim", "/identity_claim", Detail: true),
        new("Principal", "/principal", Detail: true),
        new("Description", "/description", Detail: true),
        new("State", "/state", Detail: true),
        new("CRN", "/metadata/resource_name", Detail: true),
        new("Created", "/metadata/created_at", Detail: true),
        new("Updated", "/metadata/updated_at", Detail: true),
    ];

    protected override IReadOnlyList<ResourceField> Fields { get; } =
    [
        CommonFields.Name,
        CommonFields.Description,
        new("--filter", "/filter", "CEL over 'claims', at most 300 characters; try it with `sluice pool test`.") { HelpName = "CEL", Required = true },
        CommonFields.IdentityClaim with { Default = "claims.sub" },
    ];

    protected override (string Title, string Line)[] CreateExamples =>
    [
        ("tokens for the audience 'kafka' with the scope 'write'",
            """sluice pool create --provider op-a1b2 --name Writers --filter 'claims.aud == "kafka" && "write" in claims.scp'"""),
    ];

    protected override IEnumerable<Option> ListOptions => [_listProvider];

    protected override IEnumerable<Option> PlaceOptions => [_provider];

    protected override void AddCommands(Command command)
    {
        base.AddCommands(command);
        command.Add(new PoolTestCommand(Io).Create());

        // A new pool has to be told where to go; the others can be found.
        var create = command.Subcommands.Single(c => c.Name == "create");
        create.Options.Remove(_provider);
        create.Options.Insert(0, _newProvider);
    }

    protected override async IAsyncEnumerable<JsonElement> ListAsync(
        ControlClient client, ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var provider in ProvidersAsync(client, parsed.GetValue(_listProvider), cancellationToken))
        {
            await foreach (var pool in client.ListAsync(PoolsOf(provider), [], cancellationToken))
            {
                yield return WithProvider(pool, provider);
            }
        }
    }

    protected override Task<string> CollectionAsync(ControlClient client, ParseResult parsed, CancellationToken cancellationToken) =>
        Task.FromResult(PoolsOf(parsed.GetRequiredValue(_newProvider)!));

    protected override async Task<string> ItemAsync(ControlClient client, ParseResult parsed, string id, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_provider) is { } given)
        {
            return $"{PoolsOf(given)}/{id}";
        }

        await foreach (var provider in ProvidersAsync(client, null, cancellationToken))
        {
            if (await client.FindAsync($"{PoolsOf(provider)}/{id}", cancellationToken) is not null)
            {
                return $"{PoolsOf(provider)}/{id}";
            }
        }

        throw new CommandFailure($"No provider has an identity pool '{id}'.", "`sluice pool list` shows them all.");
    }

    private static Option<string?> ProviderOption(string description, bool required)
    {
        var option = new Option<string?>("--provider") { Description = description, HelpName = "ID", Required = required };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } id && !IsId(id))
            {
                result.AddError($"--provider: '{PrintableText.Of(id)}' is no id.");
            }
        });
        return option;
    }

    private static string PoolsOf(string provider) => $"{Providers}/{provider}/identity-pools";

    private static async IAsyncEnumerable<string> ProvidersAsync(
        ControlClient client, string? only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (only is not null)
        {
            yield return only;
            yield break;
        }

        await foreach (var provider in client.ListAsync(Providers, [], cancellationToken))
        {
            yield return JsonPointer.Text(provider, "/id");
        }
    }

    // The API leaves it to the path; in a list over all providers it must be told.
    private static JsonElement WithProvider(JsonElement pool, string provider)
    {
        var copy = JsonObject.Create(pool)!;
        copy["provider"] = provider;
        return JsonSerializer.SerializeToElement(copy, Output.PlainJson.Default.JsonObject);
    }
}
