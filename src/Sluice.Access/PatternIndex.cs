using System.Diagnostics.CodeAnalysis;

namespace Sluice.Access;

/// <summary>
/// Things by the names they are about: one name, all that begin alike, or all. Finding those for a name looks up each length that some prefix has, whatever the
/// number of prefixes is.
/// </summary>
/// <remarks>Filled once, then only read.</remarks>
internal sealed class PatternIndex<T>
    where T : class, new()
{
    private readonly Dictionary<string, T> _literals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _prefixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _byPrefix;
    private int[] _lengths = [];
    private T? _all;

    public PatternIndex() => _byPrefix = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();

    public T ForAll() => _all ??= new T();

    public T ForName(string name) => GetOrAdd(_literals, name);

    public T ForPrefix(string prefix)
    {
        if (!_lengths.Contains(prefix.Length))
        {
            _lengths = [.. _lengths.Append(prefix.Length).Order()];
        }

        return GetOrAdd(_prefixes, prefix);
    }

    /// <summary>The next that is about <paramref name="name"/>.</summary>
    /// <param name="name">Of the resource.</param>
    /// <param name="at">Where the walk is; 0 at first.</param>
    /// <param name="found">The next one.</param>
    public bool TryNext(string name, ref int at, [NotNullWhen(true)] out T? found)
    {
        if (at == 0)
        {
            at = 1;
            if (_all is not null)
            {
                found = _all;
                return true;
            }
        }

        if (at == 1)
        {
            at = 2;
            if (_literals.TryGetValue(name, out found))
            {
                return true;
            }
        }

        for (; at - 2 < _lengths.Length && _lengths[at - 2] <= name.Length; at++)
        {
            if (_byPrefix.TryGetValue(name.AsSpan(0, _lengths[at - 2]), out found))
            {
                at++;
                return true;
            }
        }

        found = null;
        return false;
    }

    private static T GetOrAdd(Dictionary<string, T> all, string name)
    {
        if (!all.TryGetValue(name, out var value))
        {
            all.Add(name, value = new T());
        }

        return value;
    }
}
