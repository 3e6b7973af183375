using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice role-binding</c>: what a principal may do, and on what.</summary>
internal sealed class RoleBindingCommand(CommandIo io) : ResourceCommand(io)
{
    private readonly Option<string?> _principal = new("--principal") { Description = "Only those of this principal, such as User:pool-a1b2.", HelpName = "PRINCIPAL" };
    private readonly Option<string?> _role = new("--role") { Description = "Only those with this role.", HelpName = "ROLE" };
    private readonly ScopeOptions _scope = new();
    private readonly ScopeOptions _listScope = new();

    protected override string Name => "role-binding";

    protected override string Noun => "role binding";

    protected override string Description => "Role bindings: a principal has a role on a resource and all that is inside.";

    protected override string SampleId => "rb-a1b2";

    protected override string Path => "/iam/v2/role-bindings";

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Principal", "/principal"),
        new("Role", "/role_name"),
        new("Scope", "/crn_pattern"),
        new("Created", "/metadata/created_at", Detail: true),
    ];

    protected override IReadOnlyList<ResourceField> Fields { get; } =
    [
        new("--principal", "/principal", "Who: User:pool-…, User:sa-…, User:u-….") { HelpName = "PRINCIPAL", Required = true },
        new("--role", "/role_name", "What: DeveloperRead, DeveloperWrite, DeveloperManage, ResourceOwner, CloudClusterAdmin, EnvironmentAdmin, OrganizationAdmin, …")
        {
            HelpName = "ROLE",
            Required = true,
        },
    ];

    protected override (string Title, string Line)[] CreateExamples =>
    [
        ("a pool may write to every topic that begins with 'orders-'",
            "sluice role-binding create --principal User:pool-a1b2 --role DeveloperWrite --cluster lkc-1 --topic 'orders-*'"),
        ("an administrator of everything", "sluice role-binding create --principal User:sa-a1b2 --role OrganizationAdmin --organization"),
    ];

    protected override IEnumerable<Option> ListOptions => [_principal, _role, .. _listScope.All];

    protected override IEnumerable<Option> BodyOptions => _scope.All;

    protected override async IAsyncEnumerable<JsonElement> ListAsync(
        ControlClient client, ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The scope and all that is inside it; the API insists on one.
        var scope = await _listScope.FindAsync(client, parsed, cancellationToken) ?? await ScopeOptions.OrganizationAsync(client, cancellationToken);
        var query = new List<KeyValuePair<string, string?>> { new("crn_pattern", scope.EndsWith('*') ? scope : scope + "/*") };
        if (parsed.GetValue(_principal) is { } principal)
        {
            query.Add(new("principal", principal));
        }

        if (parsed.GetValue(_role) is { } role)
        {
            query.Add(new("role_name", role));
        }

        await foreach (var binding in client.ListAsync(Path, query, cancellationToken))
        {
            yield return binding;
        }
    }

    protected override async Task CompleteAsync(
        ControlClient client, ParseResult parsed, JsonObject body, bool creates, CancellationToken cancellationToken)
    {
        if (await _scope.FindAsync(client, parsed, cancellationToken) is { } crn)
        {
            body["crn_pattern"] = crn;
        }
        else if (creates)
        {
            throw CommandFailure.Usage("The binding needs a scope.", "Give --cluster (with --topic, --group or --transactional-id), --environment, --organization or --crn.");
        }
    }

    // Bindings are immutable in the API: the new one is made before the old one goes, so that nobody loses access in between.
    protected override async Task<JsonElement> UpdateAsync(
        ControlClient client, ParseResult parsed, string id, JsonObject changes, CancellationToken cancellationToken)
    {
        var old = await client.GetAsync($"{Path}/{id}", cancellationToken);
        var wanted = new JsonObject();
        foreach (var name in (string[])["principal", "role_name", "crn_pattern"])
        {
            wanted[name] = changes[name]?.GetValue<string>() ?? JsonPointer.Text(old, $"/{name}");
        }

        var created = await client.PostAsync(Path, wanted, cancellationToken);
        await client.DeleteAsync($"{Path}/{id}", cancellationToken);
        Io.Note($"Role bindings cannot be changed: {JsonPointer.Text(created, "/id")} takes the place of {id}.");
        return created;
    }
}
