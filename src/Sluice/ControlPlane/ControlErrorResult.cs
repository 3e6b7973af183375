using Sluice.Identity;

namespace Sluice.ControlPlane;

/// <summary>Answers with control-plane errors: the one place that writes their envelope.</summary>
internal sealed class ControlErrorResult(IReadOnlyList<ControlError> errors) : IResult
{
    public ControlErrorResult(ControlError error)
        : this([error])
    {
    }

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, errors);

    public static Task WriteAsync(HttpContext context, IReadOnlyList<ControlError> errors)
    {
        var response = context.Response;
        response.StatusCode = errors[0].Status;
        response.Headers[ControlStage.RequestIdHeader] = context.TraceIdentifier;

        // Whatever failed may have cleared the headers.
        context.Features.Get<RateTurn>()?.Write(response.Headers);
        if (errors[0].Location is { } location)
        {
            response.Headers.Location = location;
        }

        // Who was refused what, for the operator; the answer says why, and its words may be the client's.
        if (errors[0].IsDenial && context.Features.Get<Caller>() is { } caller)
        {
            Log.Denied(
                context.RequestServices.GetRequiredService<ILogger<ControlErrorResult>>(),
                caller.Principals[0],
                context.Request.Method,
                (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
                context.TraceIdentifier);
        }

        if (errors[0].Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = errors[0] == ControlErrors.Unauthenticated
                ? new Microsoft.Extensions.Primitives.StringValues(["Basic realm=\"sluice\"", "Bearer realm=\"sluice\""])
                : "Basic error=\"invalid_key\", error_description=\"Valid authentication credentials must be provided\"";
        }

        var body = new ErrorEnvelope([.. errors.Select(e => ErrorEntry.From(e, context.TraceIdentifier))]);
        return response.WriteAsJsonAsync(body, ControlJson.Wire.ErrorEnvelope, ControlAnswers.Json, context.RequestAborted);
    }
}

/// <summary>The body of every control-plane error.</summary>
internal sealed record ErrorEnvelope(IReadOnlyList<ErrorEntry> Errors);

/// <summary>One error. The id is the request's (<c>X-Request-Id</c>); the status is a string, as clients of the Cloud read it.</summary>
internal sealed record ErrorEntry(string Id, string Status, string Code, string Title, string Detail, ErrorSource? Source)
{
    public static ErrorEntry From(ControlError error, string requestId) => new(
        requestId,
        error.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        error.Code,
        error.Title,
        error.Detail,
        error.Pointer is null && error.Parameter is null ? null : new ErrorSource(error.Pointer, error.Parameter));
}

internal sealed record ErrorSource(string? Pointer, string? Parameter);
