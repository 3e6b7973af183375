using System.Text.Json.Serialization.Metadata;

namespace Sluice.ControlPlane;

/// <summary>The few ways a control-plane handler answers.</summary>
internal static class ControlAnswers
{
    public const string Json = "application/json";

    public static IResult Ok<T>(T body, JsonTypeInfo<T> type) => TypedResults.Json(body, type, Json);

    /// <summary>201, or what <paramref name="status"/> says, with <c>Location</c>.</summary>
    public static IResult Created<T>(T body, JsonTypeInfo<T> type, string location, int status = StatusCodes.Status201Created) =>
        new CreatedResult<T>(body, type, location, status);

    public static IResult Error(ControlError error) => new ControlErrorResult(error);

    public static IResult Errors(IReadOnlyList<ControlError> errors) => new ControlErrorResult(errors);

    private sealed class CreatedResult<T>(T body, JsonTypeInfo<T> type, string location, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.Location = location;
            return httpContext.Response.WriteAsJsonAsync(body, type, Json, httpContext.RequestAborted);
        }
    }
}
