namespace Sluice.Cel.Values;

/// <summary>Order of two values of one type, or of two numbers.</summary>
internal static class ValueOrder
{
    /// <returns>False when the values have no order.</returns>
    public static bool TryCompare(in CelValue left, in CelValue right, out int order)
    {
        order = 0;
        if (left.IsNumber && right.IsNumber)
        {
            order = Numbers.Compare(left, right);
            return true;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case CelKind.Bool:
            case CelKind.Duration:
                order = left.IntBits.CompareTo(right.IntBits);
                return true;
            case CelKind.Timestamp:
                order = left.Seconds.CompareTo(right.Seconds);
                order = order != 0 ? order : left.Nanos.CompareTo(right.Nanos);
                return true;
            case CelKind.String:
                order = CompareCodePoints(left.Text, right.Text);
                return true;
            case CelKind.Bytes:
                order = Math.Sign(left.Octets.AsSpan().SequenceCompareTo(right.Octets));
                return true;
            default:
                return false;
        }
    }

    /// <summary>By code point: UTF-16 order would put U+FFFD after the emoji.</summary>
    public static int CompareCodePoints(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var first = left[common];
        var second = right[common];
        return char.IsSurrogate(first) != char.IsSurrogate(second) ? (char.IsSurrogate(first) ? 1 : -1) : first.CompareTo(second);
    }
}
