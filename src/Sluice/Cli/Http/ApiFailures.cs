using System.Net;
using System.Text;
using System.Text.Json;
using Sluice.Cli.Connections;
using Sluice.Cli.Output;

namespace Sluice.Cli.Http;

/// <summary>Turns the control plane's refusals into sentences for the person who typed the command.</summary>
internal static class ApiFailures
{
    /// <param name="response">The refusal.</param>
    /// <param name="body">Its body.</param>
    /// <param name="connection">Who was refused.</param>
    public static CommandFailure Explain(HttpResponseMessage response, JsonElement body, Connection connection)
    {
        if (Details(body) is not { Length: > 0 } details)
        {
            return NotAGateway(response, connection.Url);
        }

        var message = details.ToString();
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when connection.Token is not null => new CommandFailure($"{connection.Url} refused the token.\n{message}"),
            HttpStatusCode.Unauthorized => new CommandFailure(
                $"{connection.Url} refused the API key '{connection.ApiKey}'.\n{message}",
                $"Log in with an administrator's key: `sluice login --url {connection.Url}`."),
            HttpStatusCode.TooManyRequests => new CommandFailure(
                message, $"Try again in {response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 1:0} s."),
            >= HttpStatusCode.InternalServerError => new CommandFailure(
                message, response.Headers.TryGetValues("X-Request-Id", out var ids) ? $"The gateway's log has more: request {ids.First()}." : null),
            _ => new CommandFailure(message),
        };
    }

    /// <summary>Something answered that does not speak this API.</summary>
    public static CommandFailure NotAGateway(HttpResponseMessage response, Uri url) => new(
        $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode}, and not as a gateway does.",
        $"Is {url} the address of a Sluice gateway?");

    // A filter's error has several lines, with a caret under the fault: line ends stay, other control characters do not.
    private static StringBuilder Details(JsonElement body)
    {
        // The gateway's own API answers as the Kafka surface does: one code, one message.
        var text = new StringBuilder(JsonPointer.Text(body, "/error_code").Length > 0 ? PrintableText.Of(JsonPointer.Text(body, "/message")) : "");
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
        {
            return text;
        }

        foreach (var error in errors.EnumerateArray())
        {
            var detail = JsonPointer.Text(error, "/detail");
            if (detail.Length > 0)
            {
                text.Append(text.Length > 0 ? "\n" : "").AppendJoin('\n', detail.ReplaceLineEndings("\n").Split('\n').Select(PrintableText.Of));
            }
        }

        return text;
    }
}
