using System.Text.Json;

namespace Sluice.Identity.Tokens;

/// <summary>RFC 7519 §2: seconds since 1970 as a JSON number, a fraction allowed.</summary>
internal static class NumericDate
{
    private const double Limit = 1L << 53;

    /// <summary>Milliseconds since 1970; false for anything but a number from 0 up to 2⁵³ seconds.</summary>
    public static bool TryRead(JsonElement value, out long milliseconds)
    {
        milliseconds = 0;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || !(seconds >= 0 && seconds < Limit))
        {
            return false;
        }

        milliseconds = (long)(seconds * 1000);
        return true;
    }

    /// <summary>The moment, or the last one there is.</summary>
    public static DateTimeOffset ToTime(long milliseconds) =>
        milliseconds >= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.MaxValue
            : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
