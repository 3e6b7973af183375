using System.Net.Sockets;
using System.Security.Authentication;

namespace Sluice.Cli.Http;

/// <summary>Says in a sentence why no answer came.</summary>
internal static class HttpFailures
{
    /// <param name="failure">What the client threw.</param>
    /// <param name="server">Whom it was to reach.</param>
    /// <param name="what">What listens there: <c>the gateway</c>.</param>
    public static CommandFailure Explain(Exception failure, Uri server, string what)
    {
        var place = server.GetLeftPart(UriPartial.Authority);
        if (failure is TaskCanceledException or TimeoutException)
        {
            return new CommandFailure($"{place} did not answer in time.");
        }

        if (failure is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
        {
            return new CommandFailure($"{place} answered with more than is read of an answer.", $"Is that {what}?");
        }

        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return new CommandFailure($"Nothing listens at {place} (connection refused).", $"Is {what} running, and is the URL right?");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return new CommandFailure($"There is no host '{server.Host}' ({place}).", "Check the URL for a misspelling.");
                case SocketException socket:
                    return new CommandFailure($"{place} cannot be reached: {socket.Message}.");
                case AuthenticationException { InnerException: null } untrusted:
                    return new CommandFailure(
                        $"The certificate of {place} is not trusted: {untrusted.Message}", "If a private authority signed it, name that with --ca-file FILE.");
            }
        }

        // TLS spoken to a plain port, or the reverse.
        var scheme = server.Scheme == Uri.UriSchemeHttps ? "https" : "http";
        return new CommandFailure($"{place} gave no {scheme} answer: {failure.InnerException?.Message ?? failure.Message}", "Should the URL begin with "
            + (scheme == "https" ? "http:" : "https:") + " instead?");
    }
}
