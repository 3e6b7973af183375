using System.Net.Http.Headers;
using System.Text;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>
/// RFC 6749 §2.3.1 wants id and secret form-urlencoded before base64, and OpenIddict decodes them so; curl and most libraries send them
/// as they are. A pair that is right as sent is taken as sent; any other stays as OpenIddict decoded it.
/// </summary>
internal sealed class AcceptRawBasicCredentials(DevelopmentClients clients) : IOpenIddictServerHandler<ExtractTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractTokenRequestContext>()
            .UseSingletonHandler<AcceptRawBasicCredentials>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractBasicAuthenticationCredentials<ExtractTokenRequestContext>.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ExtractTokenRequestContext context)
    {
        string? header = context.Transaction.HttpContext().Request.Headers.Authorization;
        if (context.Transaction.Request is { } request && TryRead(header, out var id, out var secret) && clients.Authenticate(id, secret))
        {
            request.ClientId = id;
            request.ClientSecret = secret;
        }

        return ValueTask.CompletedTask;
    }

    private static bool TryRead(string? header, out string id, out string secret)
    {
        id = secret = "";
        if (!AuthenticationHeaderValue.TryParse(header, out var authorization) ||
            !"Basic".Equals(authorization.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var bytes = new byte[authorization.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(authorization.Parameter ?? "", bytes, out var length))
        {
            return false;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        (id, secret) = (pair[..colon], pair[(colon + 1)..]);
        return true;
    }
}
