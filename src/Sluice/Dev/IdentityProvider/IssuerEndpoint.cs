using OpenIddict.Server;
using Sluice.Dev.IdentityProvider.Issuers;

namespace Sluice.Dev.IdentityProvider;

/// <summary>Route metadata: which issuer a route belongs to and what OpenIddict is to do there.</summary>
internal sealed record IssuerEndpoint(IssuerKind Issuer, OpenIddictServerEndpointType Type);
