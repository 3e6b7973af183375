using System.Globalization;

namespace Sluice.Cel.Values;

/// <summary>Doubles as text: the shortest digits that read back as the same number.</summary>
internal static class DoubleText
{
    /// <summary>Plain digits for exponents from -4 to 5, otherwise as <c>1e+06</c>: what <c>string(double)</c> gives.</summary>
    public static string Format(double value)
    {
        if (Special(value) is { } name)
        {
            return name;
        }

        var (digits, exponent, sign) = Split(value);
        if (exponent is >= -4 and < 6)
        {
            return Plain(digits, exponent, sign);
        }

        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <summary>Plain digits, whatever the exponent: what <c>%s</c> of <c>format</c> gives.</summary>
    public static string FormatPlain(double value)
    {
        if (Special(value) is { } name)
        {
            return name;
        }

        var (digits, exponent, sign) = Split(value);
        return Plain(digits, exponent, sign);
    }

    private static string? Special(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "Infinity"
        : double.IsNegativeInfinity(value) ? "-Infinity"
        : null;

    private static string Plain(string digits, int exponent, string sign)
    {
        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        return digits.Length <= exponent + 1
            ? $"{sign}{digits}{new string('0', exponent + 1 - digits.Length)}"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Significant digits without trailing zeros, and the decimal exponent of the first.</summary>
    private static (string Digits, int Exponent, string Sign) Split(double value)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = (mark < 0 ? shortest : shortest[..mark]).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        if (mantissa.Length == 0)
        {
            return ("0", 0, sign);
        }

        var exponent = mark >= 0
            ? int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : ExponentOfPlain(shortest);
        return (mantissa, exponent, sign);
    }

    private static int ExponentOfPlain(string plain)
    {
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? plain : plain[..point];
        if (whole != "0")
        {
            return whole.Length - 1;
        }

        var first = point + 1;
        while (plain[first] == '0')
        {
            first++;
        }

        return point - first;
    }
}
