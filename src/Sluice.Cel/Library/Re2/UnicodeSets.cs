using System.Collections.Concurrent;
using System.Globalization;

namespace Sluice.Cel.Library.Re2;

/// <summary>What <c>\p{…}</c>, <c>\d</c> and <c>[:alpha:]</c> stand for.</summary>
internal static class UnicodeSets
{
    public static readonly CodePointSet Digit = CodePointSet.Of(('0', '9'));
    public static readonly CodePointSet Space = CodePointSet.Of(('\t', '\n'), ('\f', '\r'), (' ', ' '));
    public static readonly CodePointSet Word = CodePointSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'));

    private static readonly ConcurrentDictionary<string, CodePointSet> Known = new(StringComparer.Ordinal);
    private static readonly Lazy<Dictionary<string, string>> Scripts = new(ReadScripts);

    private static readonly string[] Categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    /// <summary>The named ASCII classes of POSIX.</summary>
    public static CodePointSet? Posix(ReadOnlySpan<char> name) => name switch
    {
        "alnum" => CodePointSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        "alpha" => CodePointSet.Of(('A', 'Z'), ('a', 'z')),
        "ascii" => CodePointSet.Of((0, 0x7F)),
        "blank" => CodePointSet.Of(('\t', '\t'), (' ', ' ')),
        "cntrl" => CodePointSet.Of((0, 0x1F), (0x7F, 0x7F)),
        "digit" => Digit,
        "graph" => CodePointSet.Of(('!', '~')),
        "lower" => CodePointSet.Of(('a', 'z')),
        "print" => CodePointSet.Of((' ', '~')),
        "punct" => CodePointSet.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        "space" => CodePointSet.Of(('\t', '\r'), (' ', ' ')),
        "upper" => CodePointSet.Of(('A', 'Z')),
        "word" => Word,
        "xdigit" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        _ => null,
    };

    /// <summary>A general category (<c>L</c>, <c>Nd</c>), a script (<c>Greek</c>) or <c>Any</c>.</summary>
    public static CodePointSet? Property(string name)
    {
        if (Known.TryGetValue(name, out var known))
        {
            return known;
        }

        var set = name == "Any" ? CodePointSet.All : Category(name) ?? Script(name);
        return set is null ? null : Known.GetOrAdd(name, set);
    }

    private static CodePointSet? Category(string name)
    {
        // Unassigned code points and surrogates have no class in RE2.
        if (name.Length is 0 or > 2 || name is "Cn" or "Cs" || !Array.Exists(Categories, category => category.StartsWith(name, StringComparison.Ordinal)))
        {
            return null;
        }

        var wanted = Array.ConvertAll(Categories, category => category is not ("Cn" or "Cs") && category.StartsWith(name, StringComparison.Ordinal));
        var ranges = new List<(int, int)>();
        var start = -1;
        for (var c = 0; c <= CodePointSet.Highest + 1; c++)
        {
            var isMember = c <= CodePointSet.Highest && wanted[(int)CharUnicodeInfo.GetUnicodeCategory(c)];
            if (isMember && start < 0)
            {
                start = c;
            }
            else if (!isMember && start >= 0)
            {
                ranges.Add((start, c - 1));
                start = -1;
            }
        }

        return CodePointSet.Of(ranges);
    }

    private static CodePointSet? Script(string name) => !Scripts.Value.TryGetValue(name, out var ranges)
        ? null
        : CodePointSet.Of(ranges.Split(',').Select(range =>
        {
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            var first = Hex(dash < 0 ? range : range[..dash]);
            return (first, dash < 0 ? first : Hex(range[(dash + 1)..]));
        }));

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static Dictionary<string, string> ReadScripts()
    {
        using var reader = new StreamReader(typeof(UnicodeSets).Assembly.GetManifestResourceStream("Sluice.Cel.UnicodeScripts.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }
}
