using Sluice.Cel.Values;

namespace Sluice.Cel.Library;

/// <summary>Parts of timestamps and durations.</summary>
internal static class TimeFunctions
{
    public static void AddTo(FunctionTable table)
    {
        Part(table, "getFullYear", point => point.Year);
        Part(table, "getMonth", point => point.Month - 1);
        Part(table, "getDayOfYear", point => point.DayOfYear - 1);
        Part(table, "getDayOfMonth", point => point.Day - 1);
        Part(table, "getDate", point => point.Day);
        Part(table, "getDayOfWeek", point => (int)point.DayOfWeek);
        Part(table, "getHours", point => point.Hour);
        Part(table, "getMinutes", point => point.Minute);
        Part(table, "getSeconds", point => point.Second);
        Part(table, "getMilliseconds", point => point.Millisecond);
        Whole(table, "getHours", nanos => nanos / (3600 * Time.NanosPerSecond));
        Whole(table, "getMinutes", nanos => nanos / (60 * Time.NanosPerSecond));
        Whole(table, "getSeconds", nanos => nanos / Time.NanosPerSecond);

        // The one part that is not a total: https://github.com/google/cel-spec/blob/master/doc/langdef.md#timestamp-and-duration-methods.
        Whole(table, "getMilliseconds", nanos => nanos / 1_000_000 % 1000);
    }

    private static void Part(FunctionTable table, string name, Func<DateTime, int> part)
    {
        table.Member(name, CelType.Int, args => CelValue.Of((long)part(Utc(args[0]))), CelType.Timestamp);
        table.Member(
            name,
            CelType.Int,
            args => TryLocal(args[0], args[1].Text, out var local)
                ? CelValue.Of((long)part(local))
                : CelValue.Fail($"unknown time zone, or out of range there: '{(args[1].Text.Length > 40 ? "…" : args[1].Text)}'"),
            CelType.Timestamp,
            CelType.String);
    }

    private static void Whole(FunctionTable table, string name, Func<long, long> part) =>
        table.Member(name, CelType.Int, args => CelValue.Of(part(args[0].DurationNanos)), CelType.Duration);

    private static DateTime Utc(in CelValue timestamp) =>
        DateTime.UnixEpoch.AddTicks((timestamp.Seconds * TimeSpan.TicksPerSecond) + (timestamp.Nanos / 100));

    /// <summary>A zone is a name of the IANA database or an offset <c>[+-]hh:mm</c>.</summary>
    private static bool TryLocal(in CelValue timestamp, string zone, out DateTime local)
    {
        var utc = Utc(timestamp);
        local = utc;
        if (!TryOffset(zone, utc, out var offset))
        {
            return false;
        }

        var ticks = utc.Ticks + offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        local = new DateTime(ticks);
        return true;
    }

    private static bool TryOffset(string zone, DateTime utc, out TimeSpan offset)
    {
        offset = default;
        if (zone is "UTC" or "Z" or "")
        {
            return true;
        }

        var digits = zone[0] is '+' or '-' ? zone[1..] : zone;
        if (digits.Length == 5 && digits[2] == ':'
            && int.TryParse(digits.AsSpan(0, 2), System.Globalization.NumberStyles.None, null, out var hours)
            && int.TryParse(digits.AsSpan(3, 2), System.Globalization.NumberStyles.None, null, out var minutes)
            && hours < 24 && minutes < 60)
        {
            offset = TimeSpan.FromMinutes(((hours * 60) + minutes) * (zone[0] == '-' ? -1 : 1));
            return true;
        }

        try
        {
            if (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            {
                return false;
            }

            offset = found.GetUtcOffset(utc);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidTimeZoneException or UnauthorizedAccessException or IOException)
        {
            return false; // A name that is a path to something else, or a broken zone file.
        }
    }
}
