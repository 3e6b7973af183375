using System.Buffers;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Sluice.Dev.IdentityProvider.Issuers;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sluice.Dev.IdentityProvider.Handlers;

/// <summary>
/// Writes the access token as its vendor would, in place of OpenIddict's RFC 9068 token. By hand as far as the JSON goes:
/// Microsoft.IdentityModel always adds a <c>typ</c> header, which Okta's tokens lack. It does the signing.
/// </summary>
internal sealed class WriteVendorToken : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<WriteVendorToken>()
            .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 500)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is not TokenTypeIdentifiers.AccessToken)
        {
            throw new InvalidOperationException($"The development identity provider issues access tokens only, not {context.TokenType}.");
        }

        var issuer = context.Transaction.Issuer();
        var principal = context.Principal;
        var grant = new AccessGrant(
            principal.GetClaim(Claims.Subject)!,
            principal.GetScopes(),
            principal.GetCreationDate()!.Value,
            principal.GetExpirationDate()!.Value);
        context.Token = Sign(issuer, grant);
        return ValueTask.CompletedTask;
    }

    /// <summary>JWS compact serialization (RFC 7515 §7.1).</summary>
    private static string Sign(DevelopmentIssuer issuer, AccessGrant grant)
    {
        var signed = $"{Encode(issuer.WriteHeader)}.{Encode(payload => issuer.WritePayload(payload, grant))}";
        return $"{signed}.{JwtSignature.Create(signed, issuer.Credentials)}";
    }

    private static string Encode(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Base64UrlEncoder.Encode(buffer.WrittenSpan.ToArray());
    }
}
