using System.Globalization;
using System.Net.Http.Headers;

namespace Sluice.Identity.Keys;

/// <summary>How long a fetched key set is good, from its <c>Cache-Control</c>: at least 5 minutes, at most 7 days, 24 hours when it does not say.</summary>
internal static class KeyLifetime
{
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(300);
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(604_800);
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(86_400);

    /// <summary>
    /// <c>max-age</c> within the limits. <c>no-store</c> and <c>no-cache</c> count as 0 wherever they stand, as does a <c>max-age</c> that is no number: RFC 9111 §4.2.1
    /// has caches take unreadable freshness for stale.
    /// </summary>
    public static TimeSpan From(HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Cache-Control", out var fields))
        {
            return Default;
        }

        TimeSpan? lifetime = null;
        foreach (var field in fields)
        {
            foreach (var directive in field.Split(',', StringSplitOptions.TrimEntries))
            {
                var (name, value) = Split(directive);
                if (name.Equals("no-store", StringComparison.OrdinalIgnoreCase) || name.Equals("no-cache", StringComparison.OrdinalIgnoreCase))
                {
                    return Least;
                }

                if (name.Equals("max-age", StringComparison.OrdinalIgnoreCase))
                {
                    lifetime ??= Clamp(value.Trim('"'));
                }
            }
        }

        return lifetime ?? Default;
    }

    /// <summary>Spread over ±10 %, so that gateways started together do not refresh together; never outside the limits.</summary>
    public static TimeSpan Jittered(TimeSpan lifetime)
    {
        var spread = lifetime * (0.9 + (0.2 * Random.Shared.NextDouble()));
        return spread < Least ? Least : spread > Most ? Most : spread;
    }

    private static TimeSpan Clamp(string seconds)
    {
        if (seconds.Length == 0 || !seconds.All(char.IsAsciiDigit))
        {
            return Least;
        }

        // RFC 9111 §1.2.2: a number too large to hold is taken for the largest.
        return !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= Most.TotalSeconds
            ? Most
            : number <= Least.TotalSeconds ? Least : TimeSpan.FromSeconds(number);
    }

    private static (string Name, string Value) Split(string directive)
    {
        var equals = directive.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (directive, "") : (directive[..equals].Trim(), directive[(equals + 1)..].Trim());
    }
}
