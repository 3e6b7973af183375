using System.Collections;

namespace Sluice.Cel.Values;

/// <summary>An immutable list of values.</summary>
internal sealed class CelList(CelValue[] items) : IReadOnlyList<CelValue>
{
    public static readonly CelList Empty = new([]);

    public int Count => items.Length;

    public CelValue this[int index] => items[index];

    public ReadOnlySpan<CelValue> Span => items;

    public IEnumerator<CelValue> GetEnumerator() => ((IEnumerable<CelValue>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
