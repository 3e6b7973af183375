using System.Globalization;
using System.Text;

namespace Sluice.Cel.Library.Re2;

/// <summary>How code points are spelled in UTF-16 units, for the .NET engine, which works unit by unit.</summary>
/// <remarks>
/// <see cref="Utf16"/> is UTF-16 itself. RE2's <c>\b</c> only knows ASCII words, while .NET counts every letter; so patterns with <c>\b</c> are run in
/// <see cref="AsciiWords"/>: there everything beyond ASCII is a pair of private-use characters, which are no word characters. Text is
/// spelled the same way before it is matched.
/// </remarks>
internal sealed class Alphabet
{
    public static readonly Alphabet Utf16 = new(0x10000, 10, 0xD800, 0xDC00);
    public static readonly Alphabet AsciiWords = new(0x80, 11, 0xE000, 0xE800);

    private readonly int _firstPair;
    private readonly int _shift;
    private readonly int _high;
    private readonly int _low;

    private Alphabet(int firstPair, int shift, int high, int low)
    {
        _firstPair = firstPair;
        _shift = shift;
        _high = high;
        _low = low;
    }

    /// <summary>The text in this spelling.</summary>
    public string Spell(string text)
    {
        if (this == Utf16 || Ascii.IsValid(text))
        {
            return text;
        }

        var result = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                result.Append((char)rune.Value);
            }
            else
            {
                var (high, low) = Pair(rune.Value);
                result.Append((char)high).Append((char)low);
            }
        }

        return result.ToString();
    }

    /// <summary>Writes a pattern that matches one member of the set.</summary>
    public void Append(StringBuilder pattern, CodePointSet set)
    {
        var single = new StringBuilder();
        var pairs = new List<(int FirstHigh, int LastHigh, StringBuilder Low)>();
        foreach (var (first, last) in set.Ranges)
        {
            if (first < _firstPair)
            {
                AppendRange(single, first, Math.Min(last, _firstPair - 1));
            }

            if (last >= _firstPair)
            {
                AddPairs(pairs, Math.Max(first, _firstPair), last);
            }
        }

        // High units that take the same low units share an alternative.
        var alternatives = new List<string>();
        foreach (var group in pairs.GroupBy(pair => pair.Low.ToString(), StringComparer.Ordinal))
        {
            var high = new StringBuilder();
            foreach (var (firstHigh, lastHigh, _) in group)
            {
                AppendRange(high, firstHigh, lastHigh);
            }

            alternatives.Add($"[{high}][{group.Key}]");
        }

        if (single.Length > 0)
        {
            alternatives.Insert(0, $"[{single}]");
        }

        _ = alternatives.Count switch
        {
            0 => pattern.Append(@"[^\s\S]"),
            1 when pairs.Count == 0 => pattern.Append(alternatives[0]),
            _ => pattern.Append("(?:").AppendJoin('|', alternatives).Append(')'),
        };
    }

    private void AddPairs(List<(int FirstHigh, int LastHigh, StringBuilder Low)> pairs, int first, int last)
    {
        var lowest = _low;
        var highest = _low + (1 << _shift) - 1;
        var (firstHigh, firstLow) = Pair(first);
        var (lastHigh, lastLow) = Pair(last);
        if (firstHigh == lastHigh)
        {
            Add(firstHigh, firstHigh, firstLow, lastLow);
            return;
        }

        if (firstLow > lowest)
        {
            Add(firstHigh, firstHigh, firstLow, highest);
            firstHigh++;
        }

        var fullEnd = lastLow < highest ? lastHigh - 1 : lastHigh;
        if (firstHigh <= fullEnd)
        {
            Add(firstHigh, fullEnd, lowest, highest);
        }

        if (fullEnd < lastHigh)
        {
            Add(lastHigh, lastHigh, lowest, lastLow);
        }

        void Add(int from, int to, int low, int high)
        {
            if (from == to && pairs.Count > 0 && pairs[^1].FirstHigh == from && pairs[^1].LastHigh == to)
            {
                AppendRange(pairs[^1].Low, low, high);
                return;
            }

            var lows = new StringBuilder();
            AppendRange(lows, low, high);
            pairs.Add((from, to, lows));
        }
    }

    private (int High, int Low) Pair(int codePoint)
    {
        // UTF-16 counts from U+10000, the other spelling from 0.
        var value = this == Utf16 ? codePoint - _firstPair : codePoint;
        return (_high + (value >> _shift), _low + (value & ((1 << _shift) - 1)));
    }

    private static void AppendRange(StringBuilder result, int first, int last)
    {
        AppendUnit(result, first);
        if (last > first)
        {
            if (last > first + 1)
            {
                result.Append('-');
            }

            AppendUnit(result, last);
        }
    }

    private static void AppendUnit(StringBuilder result, int unit) =>
        _ = unit < 0x80 && char.IsAsciiLetterOrDigit((char)unit)
            ? result.Append((char)unit)
            : result.Append(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
