using System.Text.Json;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tokens;

/// <summary>What a provider says of itself at <c>{issuer}/.well-known/openid-configuration</c> (OpenID Connect Discovery §4). Its keys are not fetched, as the token library would: they are the gateway's business.</summary>
internal sealed record IssuerMetadata(string Issuer, string? TokenEndpoint, string? JwksUri, IReadOnlyList<string> AuthenticationMethods, IReadOnlyList<string> SigningAlgorithms)
{
    private const int MaxBytes = 1024 * 1024;

    /// <param name="issuer">The issuer, as tokens have it.</param>
    /// <param name="settings">How to reach it.</param>
    /// <param name="otherwise">What the user can do when discovery does not work.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CommandFailure">There is no such document, or it is another issuer's (OpenID Connect Discovery §4.3).</exception>
    public static async Task<IssuerMetadata> DiscoverAsync(string issuer, HttpSettings settings, string otherwise, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw CommandFailure.Usage($"The issuer '{PrintableText.Of(issuer)}' is no http or https URL.");
        }

        if (Connections.ServerUrl.IsInTheClear(uri))
        {
            throw new CommandFailure($"The issuer {issuer} has no usable discovery document: it is not https, so anybody could have written it.", otherwise);
        }

        // The issuer's own words are compared to the letter, so that no document of a neighbour is used, be it by a slash.
        var address = $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
        var document = await FetchAsync(new Uri(address), issuer, settings, otherwise, cancellationToken);
        var told = Text(document, "issuer");
        if (told != issuer)
        {
            var printable = PrintableText.Of(told ?? "");
            throw new CommandFailure(
                $"The document at {address} is of the issuer '{printable}', not '{issuer}'.",
                printable.TrimEnd('/') == issuer.TrimEnd('/') ? $"They differ in the slash at the end: use {printable}." : otherwise);
        }

        return new IssuerMetadata(
            issuer,
            Text(document, "token_endpoint"),
            Text(document, "jwks_uri"),
            Texts(document, "token_endpoint_auth_methods_supported"),
            Texts(document, "token_endpoint_auth_signing_alg_values_supported"));
    }

    private static async Task<JsonElement> FetchAsync(Uri address, string issuer, HttpSettings settings, string otherwise, CancellationToken cancellationToken)
    {
        using var http = CommandHttp.Create(settings);
        http.MaxResponseContentBufferSize = MaxBytes;
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw Unusable($"{address} answered {(int)answer.StatusCode}.");
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : throw Unusable($"{address} answered with JSON that is no object.");
        }
        catch (JsonException)
        {
            throw Unusable($"{address} answered with something that is no JSON.");
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw HttpFailures.Explain(failure, address, "the identity provider");
        }

        CommandFailure Unusable(string why) => new($"The issuer {issuer} has no usable discovery document: {why}", otherwise);
    }

    private static string? Text(JsonElement document, string member) =>
        document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Texts(JsonElement document, string member) =>
        document.TryGetProperty(member, out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]
            : [];
}
