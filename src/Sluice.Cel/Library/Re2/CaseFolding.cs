using System.Text;

namespace Sluice.Cel.Library.Re2;

/// <summary>Unicode simple case folding: code points that differ in case only.</summary>
internal static class CaseFolding
{
    /// <summary>No code point above has letter case.</summary>
    public const int Highest = 0x1E943;

    private static readonly Lazy<Dictionary<int, int[]>> Orbits = new(Build);

    /// <summary>The code point's equals, itself included; empty when it has no case.</summary>
    public static int[] Orbit(int codePoint) => Orbits.Value.GetValueOrDefault(codePoint, []);

    private static Dictionary<int, int[]> Build()
    {
        var groups = new Dictionary<int, List<int>>();
        for (var c = (int)'A'; c <= Highest; c++)
        {
            Add(groups, c);
        }

        // The long s, whose upper case the platform leaves out.
        groups['s'].Add(0x17F);
        groups.Remove(0x17F);
        var result = new Dictionary<int, int[]>();
        foreach (var group in groups.Values.Where(group => group.Count > 1))
        {
            var orbit = group.ToArray();
            foreach (var member in orbit)
            {
                result[member] = orbit;
            }
        }

        return result;
    }

    private static void Add(Dictionary<int, List<int>> groups, int codePoint)
    {
        if (!Rune.TryCreate(codePoint, out var rune))
        {
            return;
        }

        // Upper case first: final sigma and sigma meet there, the Kelvin sign and k in lower case.
        var key = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).Value;
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = []);
        }

        group.Add(codePoint);
    }
}
