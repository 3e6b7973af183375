using System.Collections.Immutable;
using System.Text.Json;
using Sluice.Cel;
using Sluice.Identity.Trust;

namespace Sluice.Identity.Pools;

/// <summary>
/// Finds the pools that can match a token without evaluating all of them: most filters are true only if some claim is, or holds, a certain text, and
/// pools are looked up by that text. What the index leaves out cannot be true; what it gives is still evaluated. Immutable.
/// </summary>
internal sealed class PoolIndex
{
    private static readonly PoolIndex Empty = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, Texts>(StringComparer.Ordinal));

    // Ids of pools about whose filters nothing is known.
    private readonly ImmutableSortedSet<string> _always;
    private readonly ImmutableSortedDictionary<string, Texts> _byMember;

    private PoolIndex(ImmutableSortedSet<string> always, ImmutableSortedDictionary<string, Texts> byMember)
    {
        _always = always;
        _byMember = byMember;
    }

    public static PoolIndex Of(IEnumerable<TrustedPool> pools)
    {
        var all = pools.ToList();

        // Of several conditions the one that fewest pools share tells most.
        var shared = new Dictionary<(string, string), int>();
        foreach (var one in all.SelectMany(pool => pool.Filter.RequiredTexts).SelectMany(condition => condition.Texts.Select(text => (condition.Member, text))))
        {
            shared[one] = shared.GetValueOrDefault(one) + 1;
        }

        return all.Aggregate(
            Empty, (index, pool) => index.Add(pool.Pool.Id, pool.Filter.RequiredTexts, (member, text) => shared.GetValueOrDefault((member, text))));
    }

    /// <summary>The same with one pool in place of another; null ones are not there.</summary>
    public PoolIndex Replace(TrustedPool? before, TrustedPool? after)
    {
        if (before is not null && after is not null && ReferenceEquals(before.Filter, after.Filter))
        {
            return this;
        }

        var index = before is null ? this : Remove(before.Pool.Id, before.Filter.RequiredTexts);
        return after is null ? index : index.Add(after.Pool.Id, after.Filter.RequiredTexts, index.Sharing);
    }

    /// <summary>Ids of the pools that may match, in ordinal order and each once.</summary>
    public IReadOnlyCollection<string> Candidates(JsonElement claims)
    {
        if (_byMember.IsEmpty)
        {
            return _always;
        }

        var found = new SortedSet<string>(_always, StringComparer.Ordinal);
        foreach (var (member, texts) in _byMember)
        {
            if (claims.TryGetProperty(member, out var value))
            {
                texts.AddTo(found, value);
            }
        }

        return found;
    }

    private int Sharing(string member, string text) =>
        _byMember.TryGetValue(member, out var texts) && texts.Pools.TryGetValue(text, out var ids) ? ids.Count : 0;

    private PoolIndex Add(string id, IReadOnlyList<CelRequiredText> conditions, Func<string, string, int> sharing)
    {
        if (conditions.MinBy(condition => condition.Texts.Sum(text => sharing(condition.Member, text))) is not { } best)
        {
            return new PoolIndex(_always.Add(id), _byMember);
        }

        var texts = best.Texts.Aggregate(_byMember.GetValueOrDefault(best.Member, Texts.Empty), (sum, text) => sum.Add(text, id));
        return new PoolIndex(_always, _byMember.SetItem(best.Member, texts));
    }

    // By whichever condition it was added: it is looked for under all of them.
    private PoolIndex Remove(string id, IReadOnlyList<CelRequiredText> conditions)
    {
        var byMember = _byMember;
        foreach (var condition in conditions)
        {
            if (byMember.TryGetValue(condition.Member, out var texts))
            {
                texts = condition.Texts.Aggregate(texts, (sum, text) => sum.Remove(text, id));
                byMember = texts.Pools.IsEmpty ? byMember.Remove(condition.Member) : byMember.SetItem(condition.Member, texts);
            }
        }

        return new PoolIndex(_always.Remove(id), byMember);
    }

    /// <summary>Texts that a claim must be or hold, each with the ids of the pools that require it.</summary>
    private sealed record Texts(ImmutableDictionary<string, ImmutableSortedSet<string>> Pools)
    {
        private static readonly ImmutableSortedSet<string> NoIds = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

        public static Texts Empty { get; } = new(ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal));

        public Texts Add(string text, string id) => new(Pools.SetItem(text, Pools.GetValueOrDefault(text, NoIds).Add(id)));

        public Texts Remove(string text, string id)
        {
            if (!Pools.TryGetValue(text, out var ids))
            {
                return this;
            }

            ids = ids.Remove(id);
            return new(ids.IsEmpty ? Pools.Remove(text) : Pools.SetItem(text, ids));
        }

        // A claim is a text, or it holds texts: as elements of an array or names of an object's members.
        public void AddTo(SortedSet<string> found, JsonElement value)
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

        private void AddTo(SortedSet<string> found, string text)
        {
            if (Pools.TryGetValue(text, out var ids))
            {
                found.UnionWith(ids);
            }
        }
    }
}
