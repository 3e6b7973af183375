using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>Checks the secret: what OpenIddict leaves to its application in degraded mode. An unknown client reads like a wrong secret.</summary>
internal sealed class AuthenticateClient(DevelopmentClients clients) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .UseSingletonHandler<AuthenticateClient>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientSecret.Descriptor.Order)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (!clients.Authenticate(context.ClientId ?? "", context.ClientSecret ?? ""))
        {
            context.Reject(Errors.InvalidClient, "The client id or the client secret is wrong.");
        }

        return ValueTask.CompletedTask;
    }
}
