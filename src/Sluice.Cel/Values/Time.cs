namespace Sluice.Cel.Values;

/// <summary>Ranges of time. Durations are held in 64-bit nanoseconds, as the language's suite expects of overflow.</summary>
internal static class Time
{
    /// <summary>0001-01-01T00:00:00Z.</summary>
    public const long MinSeconds = -62_135_596_800;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    public const long MaxSeconds = 253_402_300_799;

    public const long NanosPerSecond = 1_000_000_000;

    public static CelValue FromDuration(Int128 nanos) =>
        nanos > long.MaxValue || nanos < long.MinValue
            ? CelValue.Fail(ErrorValues.DurationRange)
            : CelValue.DurationFromNanoseconds((long)nanos);

    /// <summary>Nanoseconds since 1970.</summary>
    public static Int128 TotalNanos(in CelValue timestamp) => ((Int128)timestamp.Seconds * NanosPerSecond) + timestamp.Nanos;

    public static CelValue FromTotalNanos(Int128 nanos)
    {
        var seconds = nanos / NanosPerSecond;
        var rest = (int)(nanos % NanosPerSecond);
        if (rest < 0)
        {
            seconds--;
            rest += (int)NanosPerSecond;
        }

        return seconds < MinSeconds || seconds > MaxSeconds
            ? CelValue.Fail(ErrorValues.TimestampRange)
            : CelValue.Timestamp((long)seconds, rest);
    }
}
