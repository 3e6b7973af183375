using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>Lets the issuer decide on the scopes, then asks OpenIddict for an access token.</summary>
internal sealed class GrantToken : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    private const string AuthenticationType = "client credentials";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseSingletonHandler<GrantToken>()
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var issuer = context.Transaction.Issuer();
        var decision = issuer.Decide(context.Request.GetScopes());
        if (decision.Error is { } error)
        {
            context.Reject(error, decision.Description);
            return ValueTask.CompletedTask;
        }

        var identity = new ClaimsIdentity(AuthenticationType);
        identity.SetClaim(Claims.Subject, context.ClientId);
        identity.SetScopes(decision.Granted);
        var lifetime = context.Options.AccessTokenLifetime.GetValueOrDefault();
        foreach (var (name, value) in issuer.ResponseParameters(decision.Granted, lifetime))
        {
            context.Parameters[name] = value switch
            {
                long number => number,
                _ => value.ToString(),
            };
        }

        context.SignIn(new ClaimsPrincipal(identity));
        return ValueTask.CompletedTask;
    }
}
