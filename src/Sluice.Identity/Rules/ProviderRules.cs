using System.Net;
using Sluice.Identity.Keys.Outbound;
using Sluice.Identity.Tokens;

namespace Sluice.Identity.Rules;

/// <summary>What an identity provider's addresses must be, for the API that creates them (422) and again before each fetch.</summary>
public static class ProviderRules
{
    private const int MaxUriLength = 2048;

    /// <summary>Null when <paramref name="issuer"/> can be an issuer; otherwise a sentence that says what to change.</summary>
    public static string? CheckIssuer(string issuer, OutboundOptions options) =>
        CheckUri("issuer", issuer, options, out var uri) ?? (uri!.Query.Length > 0 ? "issuer must not have a query." : null);

    /// <summary>
    /// Null when keys may be fetched from <paramref name="jwksUri"/> as far as its text tells; the address behind a name is checked when it is connected to.
    /// </summary>
    public static string? CheckJwksUri(string jwksUri, OutboundOptions options)
    {
        if (CheckUri("jwks_uri", jwksUri, options, out var uri) is { } problem)
        {
            return problem;
        }

        return IPAddress.TryParse(uri!.DnsSafeHost, out var address)
            && new AddressRules(options).Check(address, uri.Scheme == Uri.UriSchemeHttps) is { } reason
                ? $"jwks_uri cannot be fetched: {reason}."
                : null;
    }

    /// <summary>Null when a token can be signed with each of these (none given: with all); otherwise a sentence that says what to change. Symmetric ones are not among them.</summary>
    public static string? CheckAlgorithms(IReadOnlyList<string> allowed) => allowed.FirstOrDefault(name => SignatureAlgorithm.Find(name) is null) is { } unknown
        ? $"allowed_algorithms cannot have '{SafeText.Of(unknown)}', only {string.Join(", ", SignatureAlgorithm.All.Select(a => a.Name))}."
        : null;

    private static string? CheckUri(string field, string text, OutboundOptions options, out Uri? uri)
    {
        uri = null;
        if (text.Length is 0 or > MaxUriLength)
        {
            return $"{field} must have 1 to {MaxUriLength} characters.";
        }

        // The Uri class repairs and trims; what is compared byte for byte later must not need repair. RFC 3986 has ASCII only: hosts are spelled in Punycode.
        if (text.Any(character => character is <= ' ' or '\\' or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}' or > '~')
            || !Uri.TryCreate(text, UriKind.Absolute, out uri))
        {
            return $"{field} must be an absolute URL.";
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && options.AllowHttpOnLoopback && uri.IsLoopback))
        {
            return $"{field} must be an https URL.";
        }

        if (uri.Host.Length == 0 || uri.UserInfo.Length > 0 || text.Contains('@', StringComparison.Ordinal) && uri.Authority.Contains('@', StringComparison.Ordinal))
        {
            return $"{field} must have a host and no user name or password.";
        }

        return uri.Fragment.Length > 0 || text.Contains('#', StringComparison.Ordinal) ? $"{field} must not have a fragment." : null;
    }
}
