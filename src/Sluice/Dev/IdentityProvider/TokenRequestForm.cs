using Microsoft.AspNetCore.Http.Features;

namespace Sluice.Dev.IdentityProvider;

/// <summary>Reads a token request's form within limits, so that no form a client can send is an exception inside OpenIddict.</summary>
internal static class TokenRequestForm
{
    /// <summary>Room for the largest client assertion or secret anybody sends, and no more.</summary>
    private const int MaxBytes = 64 * 1024;

    private static readonly FormOptions Limits = new()
    {
        ValueCountLimit = 64,
        KeyLengthLimit = 1024,
        ValueLengthLimit = MaxBytes,
        BufferBodyLengthLimit = MaxBytes,
    };

    /// <returns>False when the form cannot be read; the answer (RFC 6749 §5.2) has then been written.</returns>
    public static async Task<bool> TryReadAsync(HttpContext context)
    {
        // Another type of body is OpenIddict's to refuse.
        if (!IsForm(context.Request))
        {
            return true;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        context.Features.Set<IFormFeature>(new FormFeature(context.Request, Limits));
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(context, exception.StatusCode);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest);
        }

        return false;
    }

    private static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        var description = status == StatusCodes.Status413PayloadTooLarge
            ? "The form is larger than 64 KiB."
            : "The request body is not a well-formed application/x-www-form-urlencoded form.";
        return context.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = description }, context.RequestAborted);
    }
}
