using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>One line for each token request, with nothing in it that the client sent.</summary>
internal sealed class LogTokenAnswer(ILogger<DevelopmentIdentityProvider> logger) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
            .UseSingletonHandler<LogTokenAnswer>()
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        var issuer = context.Transaction.Issuer().Issuer;
        if (context.Error is { } error)
        {
            Log.TokenRefused(logger, issuer, error, context.Response.ErrorDescription);
        }
        else
        {
            Log.TokenIssued(logger, issuer);
        }

        return ValueTask.CompletedTask;
    }
}
