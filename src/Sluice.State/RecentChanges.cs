using System.Collections.Immutable;

namespace Sluice.State;

/// <summary>
/// How a collection came to be what it is: what its last changes touched. Whoever keeps something made of the collection can follow it without walking all of it.
/// </summary>
/// <remarks>
/// Steps are told apart by the collections before and after them, not by version: a state that was put together by hand is then never taken for the
/// successor of another.
/// </remarks>
public sealed class RecentChanges<T>
{
    private const int MaxSteps = 64;

    private readonly Step[] _steps;

    /// <summary>Nothing is remembered.</summary>
    internal RecentChanges()
        : this([])
    {
    }

    private RecentChanges(Step[] steps) => _steps = steps;

    /// <summary>
    /// The ids whose resources may differ between the two collections, some maybe twice; null when the way from one to the other is not remembered.
    /// </summary>
    public IReadOnlyList<string>? Between(ImmutableDictionary<string, T> before, ImmutableDictionary<string, T> after)
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }

        var ids = new List<string>();
        var at = after;
        for (var i = _steps.Length - 1; i >= 0 && ReferenceEquals(_steps[i].After, at); i--)
        {
            ids.AddRange(_steps[i].Ids);
            at = _steps[i].Before;
            if (ReferenceEquals(at, before))
            {
                return ids;
            }
        }

        return null;
    }

    /// <summary>The same with one more step; the oldest is forgotten when there are many.</summary>
    internal RecentChanges<T> With(ImmutableDictionary<string, T> before, ImmutableDictionary<string, T> after, string[] ids)
    {
        var step = new Step(before, after, ids);
        return new RecentChanges<T>(_steps.Length < MaxSteps ? [.. _steps, step] : [.. _steps.AsSpan(1), step]);
    }

    private readonly record struct Step(ImmutableDictionary<string, T> Before, ImmutableDictionary<string, T> After, string[] Ids);
}
