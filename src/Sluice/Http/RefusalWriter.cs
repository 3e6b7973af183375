using System.Globalization;
using Sluice.Identity;

namespace Sluice.Http;

/// <summary>Writes what <see cref="RefusalAnswers"/> says to a refusal: status, <c>WWW-Authenticate</c> and body.</summary>
internal sealed class RefusalWriter(RefusalAnswers answers, IdentityOptions options)
{
    /// <summary>The refusal as a handler's result.</summary>
    public IResult For(Refusal refusal) => new Result(this, refusal);

    public Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var answer = UsesDpop(context.Request) ? answers.ForDpop(refusal) : answers.For(refusal);
        var headers = context.Response.Headers;
        if (!answer.Challenges.IsEmpty)
        {
            headers.WWWAuthenticate = options.PublicUrl is null && MetadataUrl(context.Request) is { } url
                ? [.. answer.Challenges.Select(challenge => Point(challenge, url))]
                : answer.Challenges.ToArray();
        }

        if (answer.RetryAfterSeconds is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.DpopNonce is { } nonce)
        {
            headers["DPoP-Nonce"] = nonce;
        }

        return ErrorResult.WriteAsync(context, new GatewayError(answer.Status, answer.ErrorCode, answer.Message));
    }

    private static bool UsesDpop(HttpRequest request) =>
        request.Headers.Authorization is [{ } field] && field.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase);

    // Without a public URL the document is where the client is: RFC 9728 §5.1.
    private static string Point(string challenge, string url) =>
        challenge.StartsWith("Bearer ", StringComparison.Ordinal) ? $"{challenge}, resource_metadata=\"{url}\"" : challenge;

    // Nothing of a host that could end the quoted string, or mislead who reads it.
    private static string? MetadataUrl(HttpRequest request) =>
        request.Host.Value is { Length: > 0 } host && host.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or ':' or '[' or ']')
            ? $"{request.Scheme}://{host}{ProtectedResource.WellKnownPath}"
            : null;

    private sealed class Result(RefusalWriter writer, Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => writer.WriteAsync(httpContext, refusal);
    }
}
