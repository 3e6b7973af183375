using System.Globalization;

namespace Sluice.Cel.Library;

/// <summary>Doubles with a fixed number of digits, ties to the even digit of the exact value, as <c>%f</c> and <c>%e</c> give them.</summary>
/// <remarks>.NET's own formats round ties away from zero.</remarks>
internal static class DoubleFormat
{
    // No double needs more digits than this behind the point, or more significant ones.
    private const int ExactFraction = 1074;
    private const int ExactSignificant = 767;

    public static string Fixed(double value, int digits)
    {
        var exact = Math.Abs(value).ToString($"F{ExactFraction}", CultureInfo.InvariantCulture);
        var point = exact.Length - ExactFraction - 1;
        var kept = string.Concat(exact.AsSpan(0, point), exact.AsSpan(point + 1, digits)).ToCharArray();
        var carry = RoundUp(kept, exact.AsSpan(point + 1 + digits));
        var whole = (carry ? "1" : "") + new string(kept);
        var sign = double.IsNegative(value) ? "-" : "";
        return digits == 0 ? sign + whole : $"{sign}{whole[..^digits]}.{whole[^digits..]}";
    }

    public static string Scientific(double value, int digits)
    {
        var exact = Math.Abs(value).ToString($"E{ExactSignificant}", CultureInfo.InvariantCulture);
        var mark = exact.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(exact.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var kept = string.Concat(exact.AsSpan(0, 1), exact.AsSpan(2, digits)).ToCharArray();
        if (RoundUp(kept, exact.AsSpan(2 + digits, mark - 2 - digits)))
        {
            // 9.99… became 10.00…
            kept[0] = '1';
            exponent++;
        }

        var fraction = digits == 0 ? "" : $".{kept.AsSpan(1)}";
        return $"{(double.IsNegative(value) ? "-" : "")}{kept[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <returns>True when a one is carried out of the first digit.</returns>
    private static bool RoundUp(char[] kept, ReadOnlySpan<char> rest)
    {
        var tie = rest.Length > 0 && rest[0] == '5' && !rest[1..].ContainsAnyExcept('0');
        var up = rest.Length > 0 && rest[0] >= '5' && (!tie || ((kept[^1] - '0') & 1) == 1);
        for (var i = kept.Length - 1; up && i >= 0; i--)
        {
            up = kept[i] == '9';
            kept[i] = up ? '0' : (char)(kept[i] + 1);
        }

        return up;
    }
}
