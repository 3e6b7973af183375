using System.Text.Json;
using Duende.IdentityModel.Client;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tokens;

/// <summary>Says why a token endpoint gave no token, and what to change (RFC 6749 §5.2).</summary>
internal static class TokenFailures
{
    /// <param name="answer">Without a token.</param>
    /// <param name="endpoint">Who gave it.</param>
    /// <param name="sent">What was asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CommandFailure> ExplainAsync(TokenResponse answer, Uri endpoint, ClientCredentialsTokenRequest sent, CancellationToken cancellationToken)
    {
        if (answer.HttpResponse is null)
        {
            return answer.Exception is HttpRequestException or TaskCanceledException
                ? HttpFailures.Explain(answer.Exception, endpoint, "the identity provider")
                : new CommandFailure($"{endpoint} gave an answer that cannot be read: {PrintableText.Of(answer.Exception?.Message ?? "")}", "Is that a token endpoint?");
        }

        // With 401 as with 400 (the library reads the latter only).
        var (error, description) = Read(await answer.HttpResponse.Content.ReadAsStringAsync(cancellationToken), text => Hide(text, sent, answer.HttpResponse));
        return error.Length == 0
            ? new CommandFailure($"{endpoint} answered {(int)answer.HttpStatusCode} and no token.", "Is that a token endpoint? Name the right one with --token-url, or use --issuer.")
            : new CommandFailure($"{endpoint} refused with '{error}'{(description.Length > 0 ? $": {description}" : ".")}", Hint(error, sent.Scope is not null));
    }

    // A provider that repeats the request must not bring the secret to a terminal or a log.
    private static string Hide(string text, ClientCredentialsTokenRequest sent, HttpResponseMessage response)
    {
        string?[] secrets = [sent.ClientSecret, sent.ClientAssertion?.Value, response.RequestMessage?.Headers.Authorization?.Parameter];
        return secrets.OfType<string>().Where(secret => secret.Length > 0).SelectMany(secret => (string[])[secret, Uri.EscapeDataString(secret)])
            .Aggregate(text, (rest, secret) => rest.Replace(secret, "…", StringComparison.Ordinal));
    }

    private static (string Error, string Description) Read(string body, Func<string, string> hide)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return (Member("/error"), Member("/error_description"));

            string Member(string pointer) => PrintableText.Of(hide(JsonPointer.Text(json.RootElement, pointer) ?? ""));
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private static string? Hint(string? error, bool hasScope) => error switch
    {
        "invalid_client" => "Check the client's id and secret, and whether the provider wants another --auth method for this client.",
        "invalid_scope" => hasScope ? "The client may not ask for that --scope." : "This provider wants a --scope.",
        "unauthorized_client" => "Allow the client_credentials grant for this client at the provider.",
        "unsupported_grant_type" => "The provider does not give tokens by client credentials at this endpoint.",
        "invalid_target" => "The provider does not know this --resource or --audience.",
        _ => null,
    };
}
