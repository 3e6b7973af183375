using System.Collections.Frozen;
using System.Text.Json;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Pools;

/// <summary>
/// Finds the pools that can match a token without evaluating all of them: most filters are true only if some claim is, or holds, a certain text, and
/// pools are looked up by that text. What the index leaves out cannot be true; what it gives is still evaluated.
/// </summary>
internal sealed class PoolIndex
{
    private readonly int[] _always;
    private readonly Entry[] _entries;

    private PoolIndex(int[] always, Entry[] entries)
    {
        _always = always;
        _entries = entries;
    }

    public static PoolIndex Of(TrustedPool[] pools)
    {
        var conditions = Array.ConvertAll(pools, pool => pool.Filter.RequiredTexts);

        // Of several conditions the one that fewest pools share tells most.
        var shared = new Dictionary<(string, string), int>();
        foreach (var one in conditions.SelectMany(all => all).SelectMany(condition => condition.Texts.Select(text => (condition.Member, text))))
        {
            shared[one] = shared.GetValueOrDefault(one) + 1;
        }

        var always = new List<int>();
        var byMember = new SortedDictionary<string, Dictionary<string, List<int>>>(StringComparer.Ordinal);
        for (var i = 0; i < pools.Length; i++)
        {
            if (conditions[i].MinBy(condition => condition.Texts.Sum(text => shared[(condition.Member, text)])) is not { } best)
            {
                always.Add(i);
                continue;
            }

            if (!byMember.TryGetValue(best.Member, out var byText))
            {
                byMember[best.Member] = byText = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            }

            foreach (var text in best.Texts.Distinct(StringComparer.Ordinal))
            {
                if (!byText.TryGetValue(text, out var indices))
                {
                    byText[text] = indices = [];
                }

                indices.Add(i);
            }
        }

        return new PoolIndex(
            [.. always],
            [
                .. byMember.Select(member => new Entry(
                    member.Key,
                    member.Value.ToFrozenDictionary(text => text.Key, text => text.Value.ToArray(), StringComparer.Ordinal))),
            ]);
    }

    /// <summary>Places of the pools that may match, in order and each once.</summary>
    public IReadOnlyCollection<int> Candidates(JsonElement claims)
    {
        if (_entries.Length == 0)
        {
            return _always;
        }

        var found = new SortedSet<int>(_always);
        foreach (var entry in _entries)
        {
            if (claims.TryGetProperty(entry.Member, out var value))
            {
                entry.AddTo(found, value);
            }
        }

        return found;
    }

    private sealed record Entry(string Member, FrozenDictionary<string, int[]> Pools)
    {
        // A claim is a text, or it holds texts: as elements of an array or names of an object's members.
        public void AddTo(SortedSet<int> found, JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    AddTo(found, value.GetString()!);
                    break;
                case JsonValueKind.Array:
                    foreach (var element in value.EnumerateArray())
                    {
                        if (element.ValueKind == JsonValueKind.String)
                        {
                            AddTo(found, element.GetString()!);
                        }
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        AddTo(found, property.Name);
                    }

                    break;
            }
        }

        private void AddTo(SortedSet<int> found, string text)
        {
            if (Pools.TryGetValue(text, out var indices))
            {
                found.UnionWith(indices);
            }
        }
    }
}
