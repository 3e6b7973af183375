using Sluice.Identity.Trust;

namespace Sluice.Identity.Explain;

/// <summary>Finds what an operator most likely meant when a token's issuer is no provider's: the usual slips, by name.</summary>
internal static class NearbyIssuers
{
    private const int MaxCandidates = 3;
    private const int MaxEdits = 3;
    private const int MaxCompared = 1000;

    public static IReadOnlyList<IssuerCandidate> Of(string issuer, IssuerDirectory directory) =>
    [
        .. directory.ByIssuer
            .Take(MaxCompared)
            .Select(entry => (entry.Value.Provider.Id, Issuer: entry.Key, Near: Compare(issuer, entry.Key)))
            .Where(candidate => candidate.Near is not null)
            .OrderBy(candidate => candidate.Near!.Value.Rank)
            .ThenBy(candidate => candidate.Id, StringComparer.Ordinal)
            .Take(MaxCandidates)
            .Select(candidate => new IssuerCandidate(candidate.Id, candidate.Issuer, candidate.Near!.Value.Difference)),
    ];

    private static (int Rank, string Difference)? Compare(string token, string configured)
    {
        if (string.Equals(token.TrimEnd('/'), configured.TrimEnd('/'), StringComparison.Ordinal))
        {
            return (0, token.EndsWith('/')
                ? "differs in the trailing slash: the token has one, the provider does not"
                : "differs in the trailing slash: the provider has one, the token does not");
        }

        if (string.Equals(token, configured, StringComparison.OrdinalIgnoreCase))
        {
            return (1, "differs in upper and lower case");
        }

        if (string.Equals(token.Trim(), configured, StringComparison.Ordinal))
        {
            return (1, "differs in white space around it");
        }

        if (!Uri.TryCreate(token, UriKind.Absolute, out var one) || !Uri.TryCreate(configured, UriKind.Absolute, out var other))
        {
            return Edits(token, configured) is <= MaxEdits and var few ? (10 + few, DifferIn(few)) : null;
        }

        if (EntraTenant(one) is { } tenant && EntraTenant(other) is { } otherTenant)
        {
            if (!string.Equals(tenant, otherTenant, StringComparison.OrdinalIgnoreCase))
            {
                return (8, "is Entra ID too, of another tenant");
            }

            return IsEntraV1(one) == IsEntraV1(other)
                ? (2, "is the same Entra ID tenant, spelled differently")
                : IsEntraV1(one)
                    ? (2, "is the same Entra ID tenant, but the token is of version 1 and the provider of version 2: set requestedAccessTokenVersion to 2")
                    : (2, "is the same Entra ID tenant, but the token is of version 2 and the provider of version 1");
        }

        var sameHost = string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);
        var samePath = string.Equals(one.AbsolutePath.TrimEnd('/'), other.AbsolutePath.TrimEnd('/'), StringComparison.Ordinal);
        return (sameHost, samePath) switch
        {
            (true, true) when one.Port != other.Port && one.Scheme == other.Scheme => (3, "differs in the port"),
            (true, true) => (3, "differs in the scheme, the port or the spelling of the host"),
            (true, false) => (4 + Math.Min(3, Edits(one.AbsolutePath, other.AbsolutePath) / 8), "has the same host and another path"),
            (false, true) when one.AbsolutePath.Length > 1 => (9, "has the same path on another host"),
            _ => Edits(token, configured) is <= MaxEdits and var few ? (10 + few, DifferIn(few)) : null,
        };
    }

    private static string DifferIn(int characters) => characters == 1 ? "differs in one character" : $"differs in {characters} characters";

    private static bool IsEntraV1(Uri uri) => uri.Host.Equals("sts.windows.net", StringComparison.OrdinalIgnoreCase);

    private static string? EntraTenant(Uri uri) =>
        IsEntraV1(uri) || uri.Host.Equals("login.microsoftonline.com", StringComparison.OrdinalIgnoreCase)
            ? uri.Segments.Length > 1 ? uri.Segments[1].TrimEnd('/') : null
            : null;

    // Levenshtein's distance, given up where it cannot matter.
    private static int Edits(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MaxEdits || one.Length > 512)
        {
            return int.MaxValue;
        }

        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        var row = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[other.Length];
    }
}
