using System.Globalization;

namespace Sluice.Cel.Values;

/// <summary>Timestamps (RFC 3339) and durations (<c>1h30m</c>, <c>1.5s</c>) as text.</summary>
internal static class TimeText
{
    public static string Format(in CelValue timestamp)
    {
        var point = DateTime.UnixEpoch.AddSeconds(timestamp.Seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return $"{point}{Fraction(timestamp.Nanos)}Z";
    }

    /// <summary>Seconds with a fraction where needed, such as <c>-1.5s</c>.</summary>
    public static string FormatDuration(long nanos)
    {
        var magnitude = (UInt128)Int128.Abs(nanos);
        var seconds = magnitude / Time.NanosPerSecond;
        return $"{(nanos < 0 ? "-" : "")}{seconds}{Fraction((int)(magnitude % Time.NanosPerSecond))}s";
    }

    /// <summary>RFC 3339, years 1 to 9999, up to nine digits of a second, offset <c>Z</c> or <c>±hh:mm</c>.</summary>
    public static CelValue Parse(string text)
    {
        if (text.Length < 20
            || !Digits(text, 0, 4, out var year) || text[4] != '-' || !Digits(text, 5, 2, out var month) || text[7] != '-'
            || !Digits(text, 8, 2, out var day) || text[10] is not ('T' or 't') || !Digits(text, 11, 2, out var hour) || text[13] != ':'
            || !Digits(text, 14, 2, out var minute) || text[16] != ':' || !Digits(text, 17, 2, out var second))
        {
            // One more digit of the year is a well-formed instant that this language does not reach.
            return text.Length > 20 && Digits(text, 0, 5, out _) && text[5] == '-' ? CelValue.Fail(ErrorValues.TimestampRange) : Malformed(text);
        }

        var position = 19;
        var nanos = 0;
        if (text[position] == '.')
        {
            position++;
            var digits = 0;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                nanos = digits < 9 ? (nanos * 10) + (text[position] - '0') : nanos;
                digits++;
                position++;
            }

            if (digits == 0)
            {
                return Malformed(text);
            }

            for (; digits < 9; digits++)
            {
                nanos *= 10;
            }
        }

        if (!TryParseOffset(text.AsSpan(position), out var offset)
            || month is < 1 or > 12 || day < 1 || year > 9999 || hour > 23 || minute > 59 || second > 59)
        {
            return Malformed(text);
        }

        if (year == 0)
        {
            return CelValue.Fail(ErrorValues.TimestampRange);
        }

        if (day > DateTime.DaysInMonth(year, month))
        {
            return Malformed(text);
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        return CelValue.Timestamp(((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - (offset * 60L), nanos);
    }

    /// <summary>A decimal number with a unit, once or more: <c>h m s ms us µs ns</c>; a sign in front.</summary>
    public static CelValue ParseDuration(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith('-');
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return CelValue.DurationFromNanoseconds(0);
        }

        Int128 total = 0;
        var any = false;
        while (!rest.IsEmpty)
        {
            if (!TakeTerm(ref rest, out var nanos))
            {
                return MalformedDuration(text);
            }

            any = true;
            total += nanos;
            if (total > (Int128)long.MaxValue + 1)
            {
                return CelValue.Fail(ErrorValues.DurationRange);
            }
        }

        return any ? Time.FromDuration(negative ? -total : total) : MalformedDuration(text);
    }

    /// <summary>Minutes east of UTC in <c>Z</c>, <c>±hh:mm</c>.</summary>
    private static bool TryParseOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !Digits(text, 1, 2, out var hours) || !Digits(text, 4, 2, out var rest) || hours > 23 || rest > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TakeTerm(ref ReadOnlySpan<char> text, out Int128 nanos)
    {
        nanos = 0;
        var end = 0;
        UInt128 whole = 0;
        UInt128 fraction = 0;
        UInt128 scale = 1;
        var digits = 0;
        for (; end < text.Length && char.IsAsciiDigit(text[end]); end++, digits++)
        {
            whole = whole > ulong.MaxValue ? whole : (whole * 10) + (UInt128)(text[end] - '0');
        }

        if (end < text.Length && text[end] == '.')
        {
            for (end++; end < text.Length && char.IsAsciiDigit(text[end]); end++, digits++)
            {
                if (scale < 1_000_000_000_000_000)
                {
                    fraction = (fraction * 10) + (UInt128)(text[end] - '0');
                    scale *= 10;
                }
            }
        }

        if (digits == 0)
        {
            return false;
        }

        var (unit, length) = Unit(text[end..]);
        if (unit == 0)
        {
            return false;
        }

        text = text[(end + length)..];
        var scaled = (whole * unit) + (fraction * unit / scale);
        nanos = scaled > (UInt128)long.MaxValue + 1 ? (Int128)long.MaxValue + 2 : (Int128)scaled;
        return true;
    }

    private static (ulong Nanos, int Length) Unit(ReadOnlySpan<char> text) =>
        text.StartsWith("ns") ? (1UL, 2)
        : text.StartsWith("us") || text.StartsWith("µs") || text.StartsWith("μs") ? (1_000UL, 2)
        : text.StartsWith("ms") ? (1_000_000UL, 2)
        : text.StartsWith('s') ? (1_000_000_000UL, 1)
        : text.StartsWith('m') ? (60_000_000_000UL, 1)
        : text.StartsWith('h') ? (3_600_000_000_000UL, 1)
        : (0UL, 0);

    private static bool Digits(ReadOnlySpan<char> text, int start, int count, out int value)
    {
        value = 0;
        if (start + count > text.Length)
        {
            return false;
        }

        foreach (var c in text.Slice(start, count))
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static string Fraction(int nanos) => nanos == 0 ? "" : $".{nanos:000000000}".TrimEnd('0');

    private static CelValue Malformed(string text) =>
        CelValue.Fail($"not a timestamp (RFC 3339, such as 2026-01-31T12:00:00Z): '{Short(text)}'");

    private static CelValue MalformedDuration(string text) => CelValue.Fail($"not a duration (such as 1h30m or 1.5s): '{Short(text)}'");

    private static string Short(string text) => text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text;
}
