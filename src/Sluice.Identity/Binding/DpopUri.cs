namespace Sluice.Identity.Binding;

/// <summary>
/// Compares a proof's <c>htu</c> with the request's URL: without query and fragment, after the normalisation of RFC 3986 §6.2.2 and §6.2.3 (RFC 9449 §4.3).
/// </summary>
internal static class DpopUri
{
    public static bool AreSame(string claimed, string requested) =>
        Uri.TryCreate(claimed, UriKind.Absolute, out var one)
        && Uri.TryCreate(requested, UriKind.Absolute, out var other)
        && one.UserInfo.Length == 0
        && string.Equals(Normal(one), Normal(other), StringComparison.Ordinal);

    // The Uri class does all but the case of escapes: %2f is %2F.
    private static string Normal(Uri uri)
    {
        var text = uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return !text.Contains('%', StringComparison.Ordinal) ? text : string.Create(text.Length, text, static (normal, source) =>
        {
            source.CopyTo(normal);
            for (var at = 0; at + 2 < normal.Length; at++)
            {
                if (normal[at] == '%')
                {
                    normal[at + 1] = char.ToUpperInvariant(normal[at + 1]);
                    normal[at + 2] = char.ToUpperInvariant(normal[at + 2]);
                }
            }
        });
    }
}
