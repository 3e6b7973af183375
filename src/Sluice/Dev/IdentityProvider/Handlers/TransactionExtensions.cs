using Microsoft.AspNetCore;
using OpenIddict.Server;
using Sluice.Dev.IdentityProvider.Issuers;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>What OpenIddict's transaction carries for us.</summary>
internal static class TransactionExtensions
{
    private const string IssuerKey = "sluice:issuer";

    public static HttpContext HttpContext(this OpenIddictServerTransaction transaction) =>
        transaction.GetHttpRequest()?.HttpContext ?? throw new InvalidOperationException("The development identity provider serves HTTP requests only.");

    /// <summary>The issuer the request came to; set by <see cref="ResolveIssuer"/> before anything else runs.</summary>
    public static DevelopmentIssuer Issuer(this OpenIddictServerTransaction transaction) =>
        (DevelopmentIssuer)transaction.Properties[IssuerKey]!;

    public static void SetIssuer(this OpenIddictServerTransaction transaction, DevelopmentIssuer issuer) =>
        transaction.Properties[IssuerKey] = issuer;
}
