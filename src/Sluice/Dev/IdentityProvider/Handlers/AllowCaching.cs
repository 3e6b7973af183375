using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>Lets clients keep key sets and discovery documents for an hour, as the vendors do.</summary>
internal sealed class AllowCaching<TContext> : IOpenIddictServerHandler<TContext>
    where TContext : BaseRequestContext
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<TContext>()
            .UseSingletonHandler<AllowCaching<TContext>>()
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response?.Error is null)
        {
            context.Transaction.HttpContext().Response.Headers.CacheControl = "public, max-age=3600";
        }

        return ValueTask.CompletedTask;
    }
}
