using System.CommandLine;
using System.Text.Json;
using Duende.IdentityModel.Client;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tokens;

/// <summary><c>sluice token fetch</c>: an access token by client credentials (RFC 6749 §4.4), from any provider.</summary>
internal sealed class TokenFetchCommand(CommandIo io)
{
    private const int MaxBytes = 1024 * 1024;

    // What the grant and the other options put into the form.
    private static readonly string[] Own = ["grant_type", "scope", "client_id", "client_secret", "client_assertion", "client_assertion_type"];

    private readonly Option<string?> _issuer = new("--issuer") { Description = "The provider's issuer: its discovery document names the token endpoint.", HelpName = "URL" };
    private readonly Option<string?> _tokenUrl = new("--token-url") { Description = "The token endpoint, when there is no discovery document.", HelpName = "URL" };
    private readonly Option<string?> _clientId = new("--client-id") { Description = $"The client's id (or {TokenVariables.ClientId}).", HelpName = "ID" };

    private readonly SecretOptions _secret = new("--client-secret", TokenVariables.ClientSecret, "client secret");
    private readonly Option<string?> _auth = new("--auth") { Description = "How the client authenticates. Default: private_key_jwt with --key, otherwise what the provider takes." };
    private readonly Option<string?> _key = new("--key") { Description = "The client's private key for private_key_jwt: PEM (a certificate in it is named too) or JWK; RSA, EC or Ed25519.", HelpName = "FILE" };
    private readonly Option<string?> _keyId = new("--key-id") { Description = "The key's id at the provider ('kid').", HelpName = "ID" };
    private readonly Option<string?> _algorithm = new("--alg") { Description = "Signs the assertion: RS256, PS256, ES256, …. Default: the key's usual one.", HelpName = "ALG" };
    private readonly Option<string?> _assertionAudience = new("--assertion-audience") { Description = "'aud' of the assertion. Default: the token endpoint.", HelpName = "URL" };
    private readonly Option<string[]> _scope = new("--scope") { Description = "What is asked for; may be given several times. Entra ID: api://APP/.default.", HelpName = "SCOPE" };
    private readonly Option<string?> _audience = new("--audience") { Description = "The API that the token is for, where the provider wants it (Auth0).", HelpName = "AUD" };
    private readonly Option<string[]> _resource = new("--resource") { Description = "The same as RFC 8707 has it; may be given several times.", HelpName = "URI" };
    private readonly Option<string[]> _parameter = new("--param") { Description = "Another form parameter; may be given several times.", HelpName = "NAME=VALUE" };
    private readonly Option<string?> _caFile = new("--ca-file") { Description = "PEM file of authorities to trust besides the system's.", HelpName = "FILE" };
    private readonly Option<string?> _proxy = new("--proxy") { Description = "Forward proxy. Default: HTTPS_PROXY and its kin.", HelpName = "URL" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "'token': the token alone; 'json': the provider's whole answer.", DefaultValueFactory = _ => "token" };

    public Command Create()
    {
        _auth.AcceptOnlyFromAmong(AuthenticationMethod.Basic, AuthenticationMethod.Post, AuthenticationMethod.PrivateKeyJwt);
        _output.AcceptOnlyFromAmong("token", "json");
        var command = new Command("fetch", "Fetches an access token by client credentials and prints it.")
        {
            _issuer, _tokenUrl, _clientId, _secret.Value, _secret.FromInput, _auth, _key, _keyId, _algorithm, _assertionAudience, _scope, _audience, _resource, _parameter,
            _caFile, _proxy, _output,
        };
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("Okta; asks for the secret", "sluice token fetch --issuer https://example.okta.com/oauth2/default --client-id 0oa1 --scope kafka"),
            ("Entra ID, in a script", $"{TokenVariables.ClientSecret}=… sluice token fetch --issuer https://login.microsoftonline.com/TENANT/v2.0 --client-id APP --scope api://APP/.default"),
            ("Keycloak, with a key", "sluice token fetch --issuer https://sso.example.com/realms/main --client-id billing --key billing.pem"),
            ("from a running `sluice dev`", $"TOKEN=$({TokenVariables.ClientSecret}=dev-secret sluice token fetch --issuer http://127.0.0.1:8082/oauth2/default --client-id dev-client)"));
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = new HttpSettings(
            parsed.GetValue(_caFile) ?? io.Variable(Connections.ConnectionOptions.CaFileVariable), parsed.GetValue(_proxy) is { } proxy ? Absolute("--proxy", proxy) : null);
        var metadata = parsed.GetValue(_issuer) is { } issuer
            ? await IssuerMetadata.DiscoverAsync(issuer, settings, "Or name the token endpoint itself, with --token-url.", cancellationToken)
            : null;
        var endpoint = Endpoint(parsed.GetValue(_tokenUrl), metadata);
        if (Connections.ServerUrl.IsInTheClear(endpoint))
        {
            throw CommandFailure.Usage($"{endpoint} is not https: the secret and the token would travel in the clear.");
        }

        using var http = CommandHttp.Create(settings);
        http.MaxResponseContentBufferSize = MaxBytes;
        using var request = Request(parsed, endpoint, metadata);
        var answer = await http.RequestClientCredentialsTokenAsync(request, cancellationToken);
        if (IsNoObject(answer) || answer.IsError || !IsToken(answer.AccessToken))
        {
            throw await TokenFailures.ExplainAsync(answer, endpoint, request, cancellationToken);
        }

        Print(answer, parsed.GetValue(_output) == "json");
        return ExitCode.Ok;
    }

    private static Uri Endpoint(string? given, IssuerMetadata? metadata) => (given, metadata) switch
    {
        (not null, _) => Absolute("--token-url", given),
        (_, null) => throw CommandFailure.Usage("Where to fetch the token is missing.", "Give --issuer, or --token-url."),
        (_, { TokenEndpoint: null }) => throw new CommandFailure($"The issuer {metadata.Issuer} names no token endpoint.", "Give it with --token-url."),
        (_, { TokenEndpoint: var named }) => Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandFailure(
                $"The issuer {metadata.Issuer} names the token endpoint '{PrintableText.Of(named)}', which is no http or https URL.", "Give the right one with --token-url."),
    };

    private ClientCredentialsTokenRequest Request(ParseResult parsed, Uri endpoint, IssuerMetadata? metadata)
    {
        var clientId = parsed.GetValue(_clientId) ?? io.Variable(TokenVariables.ClientId) ?? io.Questions?.Ask("Client id")
            ?? throw CommandFailure.Usage("The client's id is missing.", $"Give --client-id, or set {TokenVariables.ClientId}.");
        var method = parsed.GetValue(_auth) ?? AuthenticationMethod.Choose(parsed.GetValue(_key) is not null, metadata?.AuthenticationMethods ?? []);
        var request = new ClientCredentialsTokenRequest
        {
            Address = endpoint.AbsoluteUri,
            ClientId = clientId,
            Scope = parsed.GetValue(_scope) is { Length: > 0 } scopes ? string.Join(' ', scopes) : null,
            ClientCredentialStyle = method == AuthenticationMethod.Basic ? ClientCredentialStyle.AuthorizationHeader : ClientCredentialStyle.PostBody,
        };
        foreach (var resource in parsed.GetValue(_resource) ?? [])
        {
            request.Resource.Add(resource);
        }

        if (parsed.GetValue(_audience) is { } audience)
        {
            request.Parameters.Add("audience", audience);
        }

        foreach (var parameter in parsed.GetValue(_parameter) ?? [])
        {
            var (name, value) = parameter.Split('=', 2) is [{ Length: > 0 } n, var v] ? (n, v) : throw CommandFailure.Usage($"--param {parameter}: it must be NAME=VALUE.");
            if (Own.Contains(name, StringComparer.Ordinal))
            {
                throw CommandFailure.Usage($"--param {name}=…: the command itself sends {name}.", "There are options for the scope, the client and its authentication.");
            }

            request.Parameters.Add(name, value);
        }

        if (method == AuthenticationMethod.PrivateKeyJwt)
        {
            request.ClientAssertion = new ClientAssertion
            {
                Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                Value = Assertion(parsed, clientId, endpoint, metadata),
            };
        }
        else
        {
            request.ClientSecret = _secret.Read(io, parsed);
        }

        return request;
    }

    private string Assertion(ParseResult parsed, string clientId, Uri endpoint, IssuerMetadata? metadata)
    {
        var key = ClientKeyFile.Load(parsed.GetValue(_key) ?? throw CommandFailure.Usage("private_key_jwt needs the client's key.", "Give it with --key FILE."));
        var supported = metadata?.SigningAlgorithms ?? [];
        var algorithm = parsed.GetValue(_algorithm) ?? key.Algorithms.FirstOrDefault(supported.Contains) ?? key.Algorithms[0];
        return key.Algorithms.Contains(algorithm)
            ? ClientAssertions.Create(
                clientId, parsed.GetValue(_assertionAudience) ?? endpoint.AbsoluteUri, key, parsed.GetValue(_keyId), algorithm, io.Time.GetUtcNow())
            : throw CommandFailure.Usage($"This key cannot sign with {algorithm}.", $"It can with {string.Join(", ", key.Algorithms)}.");
    }

    private void Print(TokenResponse answer, bool json)
    {
        if (json)
        {
            new ResultWriter(io, json: true).Json(answer.Json!.Value.WriteTo);
            return;
        }

        io.Out.WriteLine(answer.AccessToken);
        if (answer.AccessToken!.Count(c => c == '.') != 2)
        {
            io.Warn("This token is no JWT: a gateway cannot check it. Ask the provider for an access token for an API of your own (scope, audience or resource).");
        }
        else if (io.OutIsTerminal && answer.ExpiresIn > 0)
        {
            io.Note($"Good for {answer.ExpiresIn} s. `sluice token explain` says what a gateway makes of it.");
        }
    }

    // The library throws when it is asked for the members of such an answer.
    private static bool IsNoObject(TokenResponse answer) => answer.Json is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Undefined) };

    // What RFC 6750 §2.1 lets into a header field, and a terminal may be shown.
    private static bool IsToken(string? text) => text is { Length: > 0 } && text.All(character => character is > ' ' and <= '~');

    private static Uri Absolute(string option, string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw CommandFailure.Usage($"{option}: '{PrintableText.Of(text)}' is no http or https URL.");
}
