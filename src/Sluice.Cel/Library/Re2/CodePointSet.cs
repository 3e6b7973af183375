namespace Sluice.Cel.Library.Re2;

/// <summary>A set of Unicode code points: sorted ranges that neither touch nor overlap, without surrogates.</summary>
internal sealed class CodePointSet
{
    public const int Highest = 0x10FFFF;

    public static readonly CodePointSet All = new([(0, 0xD7FF), (0xE000, Highest)]);
    public static readonly CodePointSet AllButNewline = new([(0, '\n' - 1), ('\n' + 1, 0xD7FF), (0xE000, Highest)]);

    private CodePointSet((int First, int Last)[] ranges) => Ranges = ranges;

    public (int First, int Last)[] Ranges { get; }

    /// <summary>Ranges in any order; they may overlap.</summary>
    public static CodePointSet Of(IEnumerable<(int First, int Last)> ranges)
    {
        var result = new List<(int First, int Last)>();
        foreach (var range in ranges.SelectMany(WithoutSurrogates).OrderBy(range => range.First))
        {
            if (result.Count > 0 && range.First <= result[^1].Last + 1)
            {
                result[^1] = (result[^1].First, Math.Max(result[^1].Last, range.Last));
            }
            else
            {
                result.Add(range);
            }
        }

        return new CodePointSet([.. result]);
    }

    public static CodePointSet Of(params (int First, int Last)[] ranges) => Of(ranges.AsEnumerable());

    public CodePointSet Negate()
    {
        var result = new List<(int, int)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            if (first > next)
            {
                result.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Highest)
        {
            result.Add((next, Highest));
        }

        return Of(result);
    }

    /// <summary>With all code points that differ from a member in case only.</summary>
    public CodePointSet FoldCase()
    {
        var added = new List<(int, int)>(Ranges);
        foreach (var (first, last) in Ranges)
        {
            // Nothing beyond has letter case.
            for (var c = first; c <= Math.Min(last, CaseFolding.Highest); c++)
            {
                foreach (var other in CaseFolding.Orbit(c))
                {
                    added.Add((other, other));
                }
            }
        }

        return Of(added);
    }

    private static IEnumerable<(int First, int Last)> WithoutSurrogates((int First, int Last) range)
    {
        if (range.First < 0xD800)
        {
            yield return (range.First, Math.Min(range.Last, 0xD7FF));
        }

        if (range.Last > 0xDFFF)
        {
            yield return (Math.Max(range.First, 0xE000), range.Last);
        }
    }
}
