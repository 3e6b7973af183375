using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>Leaves only the issuer's own key in its key set: OpenIddict publishes every key it knows. Runs last.</summary>
internal sealed class PublishIssuerKey : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleJsonWebKeySetRequestContext>()
            .UseSingletonHandler<PublishIssuerKey>()
            .SetOrder(int.MaxValue)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        var id = context.Transaction.Issuer().Credentials.Kid;
        context.Keys.RemoveAll(key => key.KeyId != id);
        return ValueTask.CompletedTask;
    }
}
