using Microsoft.AspNetCore.Http.Features;

namespace Sluice.Http;

/// <summary>The outermost stage: gives every error a JSON body, and turns a stray exception into one 500 and one log line.</summary>
internal sealed class ErrorStage(ILogger<ErrorStage> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            await GiveBodyAsync(context);
        }
        catch (BadHttpRequestException refused)
        {
            // Kestrel's own limits: body too large, body too slow, broken chunks.
            await AnswerAsync(context, refused.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Errors.BodyTooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
                StatusCodes.Status408RequestTimeout => Errors.SlowBody,
                var status => new GatewayError(status, status, "The HTTP request is malformed"),
            });
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
        catch (Exception failure)
        {
            Log.Unhandled(logger, failure, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "", context.TraceIdentifier);
            await AnswerAsync(context, Errors.Internal);
        }
    }

    private static Task AnswerAsync(HttpContext context, GatewayError error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        context.Response.Headers.CacheControl = "no-store";
        return ErrorResult.WriteAsync(context, error);
    }

    /// <summary>Routing answers 404, 405 and 415 with a bare status.</summary>
    private static Task GiveBodyAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.ContentType is not null || response.ContentLength is > 0 || HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        return response.StatusCode switch
        {
            404 => ErrorResult.WriteAsync(context, Errors.NotFound),
            405 => ErrorResult.WriteAsync(context, Errors.MethodNotAllowed),
            415 => ErrorResult.WriteAsync(context, Errors.UnsupportedMediaType),
            400 => ErrorResult.WriteAsync(context, Errors.BadRequest("HTTP 400 Bad Request")),
            _ => Task.CompletedTask,
        };
    }
}
