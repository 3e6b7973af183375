using System.CommandLine;
using System.Text.Json.Nodes;
using Sluice.Cli.Connections;
using Sluice.Cli.Http;
using Sluice.Cli.Output;
using Sluice.Cli.Tokens;

namespace Sluice.Cli.Resources;

/// <summary><c>sluice provider</c>: the OpenID Connect providers whose tokens are taken.</summary>
internal sealed class ProviderCommand(CommandIo io) : ResourceCommand(io)
{
    private const string Collection = "/iam/v2/identity-providers";

    protected override string Name => "provider";

    protected override string Noun => "identity provider";

    protected override string Description => "Identity providers: the issuers whose tokens the gateway takes.";

    protected override string SampleId => "op-a1b2";

    protected override string Path => Collection;

    protected override IReadOnlyList<Column> Columns { get; } =
    [
        new("ID", "/id"),
        new("Name", "/display_name"),
        new("Issuer", "/issuer"),
        new("JWKS URI", "/jwks_uri", Detail: true),
        new("Identity claim", "/identity_claim", Detail: true),
        new("Expected audiences", "/expected_audiences", Detail: true),
        new("Allowed algorithms", "/allowed_algorithms", Detail: true),
        new("Access token type", "/require_access_token_type", Detail: true),
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
        new("--issuer", "/issuer", "The issuer, letter for letter as tokens have it in 'iss': a slash at the end counts.") { HelpName = "URL", Required = true },
        new("--jwks-uri", "/jwks_uri", "Where the provider's keys are. When it is left out at creation, the issuer's discovery document is asked.") { HelpName = "URL" },
        CommonFields.IdentityClaim,
        new("--expected-audience", "/expected_audiences", "Refuse tokens whose 'aud' has none of these; may be given several times, and \"\" takes them away.")
        {
            HelpName = "AUDIENCE", Many = true,
        },
        new("--allowed-algorithm", "/allowed_algorithms", "Refuse tokens signed with any other, such as RS256; may be given several times, and \"\" allows all again.")
        {
            HelpName = "ALGORITHM", Many = true,
        },
        new("--require-access-token-type", "/require_access_token_type", "Refuse tokens whose header does not say typ: at+jwt (RFC 9068).")
        {
            HelpName = "true|false", Boolean = true,
        },
    ];

    protected override (string Title, string Line)[] CreateExamples =>
    [
        ("Okta: the keys' address comes from the issuer's discovery document", "sluice provider create --name Okta --issuer https://example.okta.com/oauth2/default"),
        ("Keycloak", "sluice provider create --name Keycloak --issuer https://sso.example.com/realms/main --identity-claim claims.azp"),
    ];

    protected override void AddCommands(Command command)
    {
        base.AddCommands(command);
        command.Add(RefreshKeys());
    }

    protected override async Task CompleteAsync(
        ControlClient client, ParseResult parsed, JsonObject body, bool creates, CancellationToken cancellationToken)
    {
        if (!creates || body.ContainsKey("jwks_uri"))
        {
            return;
        }

        var settings = new HttpSettings(parsed.GetValue(ConnectionOptions.CaFile) ?? Io.Variable(ConnectionOptions.CaFileVariable));
        var discovered = await IssuerMetadata.DiscoverAsync(
            (string)body["issuer"]!, settings, "Or give the address of the provider's keys yourself, with --jwks-uri.", cancellationToken);
        body["jwks_uri"] = discovered.JwksUri ?? throw new CommandFailure("The issuer's discovery document names no jwks_uri.", "Give it with --jwks-uri.");
    }

    // What an operator does after the provider has rotated its keys, when waiting for the next scheduled refresh is too long.
    private Command RefreshKeys()
    {
        var id = IdArgument();
        var command = new Command("refresh-keys", "Fetches the provider's keys now, after a rotation.") { id };
        Run(command, async (parsed, client, writer, cancellationToken) =>
        {
            var body = new JsonObject { ["spec"] = new JsonObject { ["jwks_status"] = "REFRESHED" } };
            var answer = await client.PatchAsync($"{Collection}/{parsed.GetRequiredValue(id)}/jwks", body, cancellationToken);
            writer.One(answer, [new("Status", "/status/jwks_status"), new("Last refresh", "/status/jwks_last_refresh_at")]);
            if (JsonPointer.Text(answer, "/status/jwks_status") is not ("REFRESHED" or "OK") and var status)
            {
                throw new CommandFailure($"The keys were not refreshed: {PrintableText.Of(status)}.", "Check the provider's jwks_uri; the keys that the gateway has stay in use.");
            }
        });
        return command;
    }
}
