using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>RFC 6749 §5.2: "no client authentication included" is <c>invalid_client</c>; OpenIddict would say <c>invalid_request</c>.</summary>
internal sealed class RequireClientCredentials : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<RequireClientCredentials>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantType.Descriptor.Order + 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (string.IsNullOrEmpty(context.Request.ClientAssertion) &&
            (string.IsNullOrEmpty(context.ClientId) || string.IsNullOrEmpty(context.ClientSecret)))
        {
            context.Reject(
                Errors.InvalidClient,
                "No client credentials: send an Authorization header with Basic, or client_id and client_secret in the form.");
        }

        return ValueTask.CompletedTask;
    }
}
