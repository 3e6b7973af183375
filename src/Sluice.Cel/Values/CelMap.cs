namespace Sluice.Cel.Values;

/// <summary>A map that keeps the order of insertion; numeric keys are equal across numeric types.</summary>
internal sealed class CelMap(int capacity) : Dictionary<CelValue, CelValue>(capacity, KeyComparer.Instance)
{
    public static bool IsKey(in CelValue key) => key.Kind is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String;

    public void Set(CelValue key, CelValue value) => this[key] = value;

    private sealed class KeyComparer : IEqualityComparer<CelValue>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(CelValue x, CelValue y) => ValueEquality.AreEqual(x, y);

        public int GetHashCode(CelValue obj) => obj.Kind switch
        {
            CelKind.String => StringComparer.Ordinal.GetHashCode(obj.Text),
            CelKind.Bool => obj.BoolBits ? 1 : 2,
            CelKind.Double => HashDouble(obj.DoubleBits),
            _ => obj.IntBits.GetHashCode(),
        };

        // A double can only equal a key when it is a whole number: hash it as that.
        private static int HashDouble(double value) =>
            value >= long.MinValue && value < 9223372036854775808.0 ? ((long)value).GetHashCode()
            : value >= 0 && value < 18446744073709551616.0 ? ((long)(ulong)value).GetHashCode()
            : value.GetHashCode();
    }
}
