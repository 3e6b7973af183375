using Sluice.Identity;

namespace Sluice.Http;

/// <summary>HEAD is answered wherever GET is (RFC 9110 §9.3.2): the same status and headers; the server itself keeps the body back.</summary>
internal static class HeadRequests
{
    private static readonly OriginalMethod Head = new(HttpMethods.Head);

    /// <summary>Call before routing, which tells the two apart.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
            context.Features.Set(Head);
        }

        return next(context);
    });
}
