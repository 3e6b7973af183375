using OpenIddict.Server;
using Sluice.Dev.IdentityProvider.Issuers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>Takes issuer and endpoint from the route that matched, in place of OpenIddict's own guess from the URL and the Host header.</summary>
internal sealed class ResolveIssuer(Lazy<DevelopmentIssuers> issuers) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessRequestContext>()
            .UseSingletonHandler<ResolveIssuer>()
            .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 100)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        var endpoint = context.Transaction.HttpContext().GetEndpoint()?.Metadata.GetMetadata<IssuerEndpoint>()
            ?? throw new InvalidOperationException("Only routes of the development identity provider lead here.");
        var issuer = issuers.Value.Of(endpoint.Issuer);
        context.Transaction.SetIssuer(issuer);
        context.BaseUri = new Uri(issuer.Issuer);
        context.EndpointType = endpoint.Type;
        return ValueTask.CompletedTask;
    }
}
