using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>When a token is good, in milliseconds since 1970 and with the clock skew allowed for.</summary>
/// <param name="From">Not before this.</param>
/// <param name="Until">Not at this or later.</param>
internal readonly record struct TokenTimes(long From, long Until)
{
    /// <returns>Null when the token is good now and <paramref name="times"/> holds for how long; otherwise why not.</returns>
    public static Refusal? Check(JsonElement claims, IdentityOptions options, DateTimeOffset now, out TokenTimes times)
    {
        times = default;
        var skew = (long)options.ClockSkew.TotalMilliseconds;
        var at = now.ToUnixTimeMilliseconds();

        if (Read(claims, "exp", out var expires) is { } badExpiry)
        {
            return badExpiry;
        }

        if (expires is null)
        {
            return new Refusal(RefusalRule.BadClaim, "The claim exp is missing; a token without end is not accepted.");
        }

        if (Read(claims, "iat", out var issued) is { } badIssued)
        {
            return badIssued;
        }

        if (issued is null && options.RequireIssuedAt)
        {
            return new Refusal(RefusalRule.BadClaim, "The claim iat is missing (Sluice:Identity:RequireIssuedAt).");
        }

        if (Read(claims, "nbf", out var notBefore) is { } badNotBefore)
        {
            return badNotBefore;
        }

        if (at >= expires + skew)
        {
            return new Refusal(
                RefusalRule.Expired, $"It expired {Seconds(at - expires.Value)} s ago; {Seconds(skew)} s of clock skew are allowed for.");
        }

        times = new TokenTimes(Math.Max(issued ?? 0, notBefore ?? 0) - skew, expires.Value + skew);
        if (at < times.From)
        {
            return new Refusal(
                RefusalRule.NotYetValid,
                $"Its {(issued > notBefore || notBefore is null ? "iat" : "nbf")} is {Seconds(times.From + skew - at)} s from now; {Seconds(skew)} s of clock skew are allowed for.");
        }

        if (options.MaxTokenLifetime is { } longest && expires - (issued ?? at) > longest.TotalMilliseconds)
        {
            return new Refusal(
                RefusalRule.BadClaim,
                $"It lives {Seconds(expires.Value - (issued ?? at))} s, longer than {longest.TotalSeconds} s (Sluice:Identity:MaxTokenLifetime).");
        }

        return null;
    }

    private static Refusal? Read(JsonElement claims, string name, out long? milliseconds)
    {
        milliseconds = null;
        if (!claims.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (!NumericDate.TryRead(value, out var time))
        {
            return new Refusal(RefusalRule.BadClaim, $"The claim {name} is not a time: a number from 0 up to 2^53.");
        }

        milliseconds = time;
        return null;
    }

    private static long Seconds(long milliseconds) => milliseconds / 1000;
}
