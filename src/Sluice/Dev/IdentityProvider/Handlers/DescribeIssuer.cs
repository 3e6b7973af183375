using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>Puts the vendor's addresses into the discovery document, and takes out what this provider does not do. Runs last.</summary>
internal sealed class DescribeIssuer : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
            .UseSingletonHandler<DescribeIssuer>()
            .SetOrder(int.MaxValue)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        var issuer = context.Transaction.Issuer();
        context.TokenEndpoint = issuer.TokenUrl;
        context.JsonWebKeySetEndpoint = issuer.JwksUri;
        context.Scopes.Clear();
        context.Scopes.UnionWith(issuer.ScopesSupported);
        context.Metadata.Remove(Metadata.AuthorizationResponseIssParameterSupported);
        return ValueTask.CompletedTask;
    }
}
