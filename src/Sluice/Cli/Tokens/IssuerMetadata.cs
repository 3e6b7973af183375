using Duende.IdentityModel.Client;
using Sluice.Cli.Http;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tokens;

/// <summary>What a provider says of itself at <c>{issuer}/.well-known/openid-configuration</c>.</summary>
internal sealed record IssuerMetadata(string Issuer, string? TokenEndpoint, string? JwksUri, IReadOnlyList<string> AuthenticationMethods, IReadOnlyList<string> SigningAlgorithms)
{
    private const int MaxBytes = 1024 * 1024;

    /// <param name="issuer">The issuer, as tokens have it.</param>
    /// <param name="settings">How to reach it.</param>
    /// <param name="otherwise">What the user can do when discovery does not work.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CommandFailure">There is no such document, or it is another issuer's (OpenID Connect Discovery §4.3).</exception>
    public static async Task<IssuerMetadata> DiscoverAsync(string issuer, HttpSettings settings, string otherwise, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw CommandFailure.Usage($"The issuer '{PrintableText.Of(issuer)}' is no http or https URL.");
        }

        using var http = CommandHttp.Create(settings);
        http.MaxResponseContentBufferSize = MaxBytes;
        using var request = new DiscoveryDocumentRequest
        {
            Address = issuer,
            Policy =
            {
                // Providers keep token endpoints and keys on hosts of their own (Google, Entra); keys are the gateway's business.
                ValidateEndpoints = false,
                RequireKeySet = false,
                RequireHttps = !uri.IsLoopback,

                // Checked below, to the letter and with a message that helps.
                ValidateIssuerName = false,
            },
        };
        var answer = await http.GetDiscoveryDocumentAsync(request, cancellationToken);
        if (answer.IsError)
        {
            throw answer.Exception is HttpRequestException or TaskCanceledException
                ? HttpFailures.Explain(answer.Exception, uri, "the identity provider")
                : new CommandFailure($"The issuer {issuer} has no usable discovery document: {PrintableText.Of(answer.Error ?? "")}", otherwise);
        }

        if (answer.Issuer != issuer)
        {
            var told = PrintableText.Of(answer.Issuer ?? "");
            throw new CommandFailure(
                $"The document at {issuer.TrimEnd('/')}/.well-known/openid-configuration is of the issuer '{told}', not '{issuer}'.",
                told.TrimEnd('/') == issuer.TrimEnd('/') ? $"They differ in the slash at the end: use {told}." : otherwise);
        }

        return new IssuerMetadata(
            issuer,
            answer.TokenEndpoint,
            answer.JwksUri,
            [.. answer.TokenEndpointAuthenticationMethodsSupported],
            [.. answer.TokenEndpointAuthenticationSigningAlgorithmsSupported]);
    }
}
