using System.Globalization;
using Sluice.Identity;

namespace Sluice.Http;

/// <summary>Writes what <see cref="RefusalAnswers"/> says to a refusal: status, <c>WWW-Authenticate</c> and body.</summary>
internal sealed class RefusalWriter(RefusalAnswers answers)
{
    /// <summary>The refusal as a handler's result.</summary>
    public IResult For(Refusal refusal) => new Result(this, refusal);

    public Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var answer = answers.For(refusal);
        var headers = context.Response.Headers;
        if (!answer.Challenges.IsEmpty)
        {
            headers.WWWAuthenticate = answer.Challenges.ToArray();
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

    private sealed class Result(RefusalWriter writer, Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => writer.WriteAsync(httpContext, refusal);
    }
}
