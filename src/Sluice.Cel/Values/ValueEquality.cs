using System.Runtime.CompilerServices;

namespace Sluice.Cel.Values;

/// <summary>Equality of any two values; false when they cannot be compared.</summary>
/// <remarks>https://github.com/google/cel-spec/blob/master/doc/langdef.md#equality</remarks>
internal static class ValueEquality
{
    public static bool AreEqual(in CelValue left, in CelValue right)
    {
        var steps = int.MaxValue;
        return AreEqual(left, right, ref steps);
    }

    /// <summary>Takes a step per element compared; with none left the answer is false and means nothing.</summary>
    public static bool AreEqual(in CelValue left, in CelValue right, ref int steps)
    {
        if (left.Kind != right.Kind)
        {
            return left.IsNumber && right.IsNumber && Numbers.Compare(left, right) == 0;
        }

        switch (left.Kind)
        {
            case CelKind.Null:
                return true;
            case CelKind.Bool:
            case CelKind.Int:
            case CelKind.Uint:
            case CelKind.Duration:
                return left.IntBits == right.IntBits;
            case CelKind.Double:
                return left.DoubleBits == right.DoubleBits;
            case CelKind.Timestamp:
                return left.Seconds == right.Seconds && left.Nanos == right.Nanos;
            case CelKind.String:
                return TextEquals(left, right);
            case CelKind.Bytes:
                return left.Octets.AsSpan().SequenceEqual(right.Octets);
            case CelKind.List:
                return ListsEqual(left, right, ref steps);
            case CelKind.Map:
                return MapsEqual(left, right, ref steps);
            case CelKind.Type:
                return left.AsType().Name == right.AsType().Name;
            case CelKind.Opaque:
                return left.Object!.Equals(right.Object);
            case CelKind.Optional:
                var hasLeft = left.TryGetOptional(out var held);
                var hasRight = right.TryGetOptional(out var other);
                return hasLeft == hasRight && (!hasLeft || AreEqual(held, other, ref steps));
            default:
                return false;
        }
    }

    public static bool TextEquals(in CelValue left, in CelValue right)
    {
        if (left.IsJson)
        {
            return right.IsJson ? JsonText.AreEqual(left.Json, right.Json) : JsonText.EqualTo(left.Json, right.Text);
        }

        return right.IsJson ? JsonText.EqualTo(right.Json, left.Text) : left.Text == right.Text;
    }

    private static bool ListsEqual(in CelValue left, in CelValue right, ref int steps)
    {
        if (Collections.Count(left) != Collections.Count(right) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        var first = new ValueIterator(left);
        var second = new ValueIterator(right);
        while (first.MoveNext() && second.MoveNext())
        {
            if (--steps < 0 || !AreEqual(first.Current, second.Current, ref steps))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapsEqual(in CelValue left, in CelValue right, ref int steps)
    {
        if (Collections.Count(left) != Collections.Count(right) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        var entries = new ValueIterator(left);
        while (entries.MoveNext())
        {
            if (--steps < 0
                || !Collections.TryGetMember(right, entries.Current, out var other)
                || !AreEqual(entries.CurrentValue, other, ref steps))
            {
                return false;
            }
        }

        return true;
    }
}
