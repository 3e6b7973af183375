using Sluice.ControlPlane;

namespace Sluice.Http;

/// <summary>Answers with a <see cref="GatewayError"/>: the one place that writes an error body.</summary>
internal sealed class ErrorResult(GatewayError error) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, error);

    public static Task WriteAsync(HttpContext context, GatewayError error)
    {
        if (ControlSurface.Owns(context.Request.Path))
        {
            return ControlErrorResult.WriteAsync(context, [ControlError.From(error)]);
        }

        context.Response.StatusCode = error.Status;
        return JsonAnswer.WriteAsync(context, new ErrorBody(error.Code, error.Message), ErrorJson.Default.ErrorBody);
    }
}
