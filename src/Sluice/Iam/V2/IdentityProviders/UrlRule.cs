namespace Sluice.Iam.V2.IdentityProviders;

/// <summary>What a provider's addresses must be: they are compared and fetched as they are, so nothing may need repair.</summary>
internal static class UrlRule
{
    /// <summary>Null when all is well; otherwise what to change.</summary>
    public static string? Check(string name, string text)
    {
        if (text.Any(c => c is <= ' ' or '\\' || char.IsWhiteSpace(c)) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return $"{name} must be an absolute URL.";
        }

        // Plain HTTP only to this machine: development.
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        {
            return $"{name} must be an https URL (http only on a loopback address).";
        }

        if (uri.UserInfo.Length > 0 || text.Contains('#', StringComparison.Ordinal))
        {
            return $"{name} must not have a user name, password or fragment.";
        }

        return name == "issuer" && text.Contains('?', StringComparison.Ordinal) ? "issuer must not have a query." : null;
    }
}
