namespace Sluice.Cel.Values;

/// <summary>Numbers as points on one line, whatever their type.</summary>
/// <remarks>An integer meets a double as a double, as the language's suite expects: beyond 2^53 neighbours can be equal.</remarks>
internal static class Numbers
{
    /// <summary>What a comparison gives when one side is NaN: neither less, equal nor greater.</summary>
    public const int Unordered = 2;

    /// <returns>-1, 0, 1 or <see cref="Unordered"/>.</returns>
    public static int Compare(in CelValue left, in CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => left.IntBits.CompareTo(right.IntBits),
        (CelKind.Uint, CelKind.Uint) => left.UintBits.CompareTo(right.UintBits),
        (CelKind.Int, CelKind.Uint) => left.IntBits < 0 ? -1 : left.UintBits.CompareTo(right.UintBits),
        (CelKind.Uint, CelKind.Int) => right.IntBits < 0 ? 1 : left.UintBits.CompareTo(right.UintBits),
        _ => Compare(ToDouble(left), ToDouble(right)),
    };

    public static int Compare(double left, double right) =>
        left < right ? -1 : left > right ? 1 : left == right ? 0 : Unordered;

    private static double ToDouble(in CelValue value) => value.Kind switch
    {
        CelKind.Int => value.IntBits,
        CelKind.Uint => value.UintBits,
        _ => value.DoubleBits,
    };
}
